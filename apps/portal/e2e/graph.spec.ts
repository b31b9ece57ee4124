import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import {
  expect,
  expectAccessible,
  holdAnswers,
  listRows,
  openComponents,
  test,
} from './support/portal-test.ts';

/** Opens the graph of a component that has relations, and waits for its picture. */
async function openGraph(page: Page): Promise<string> {
  await page.goto('/catalog?kind=api');
  await listRows(page).first().getByRole('link').first().click();
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Dependencies/ })
    .click();
  await expect(boxes(page).first()).toBeVisible();
  const ref = await page.locator('[data-entity-box][data-root]').getAttribute('data-entity-box');
  await page.goto(`/graph?root=${ref}&depth=2`);
  await expect(boxes(page).first()).toBeVisible();
  return ref ?? '';
}

/** Ref of an API that something consumes, so that its loss affects others. */
async function refOfConsumedApi(page: Page): Promise<string> {
  const answer = await page.request.get(
    '/api/catalog/entities/by-query?filter=kind=api,relations.apiConsumedBy&fields=metadata.name&limit=1',
  );
  const { items } = (await answer.json()) as { items: { metadata: { name: string } }[] };
  return `api:default/${items[0]?.metadata.name}`;
}

function boxes(page: Page) {
  return page.locator('[data-entity-box]');
}

/** Lines of the picture, each with the refs of its two boxes. */
function lines(page: Page) {
  return canvas(page).getByRole('img', { name: /^Edge from / });
}

function canvas(page: Page) {
  return page.getByRole('application', { name: /^Graph/ });
}

test('the keyboard alone finds a start, walks along a relation, re-centres and leaves', async ({ page }) => {
  const root = await openGraph(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(page).toHaveURL('/graph');
  const start = page.getByRole('combobox', { name: 'Start of the graph' });
  await expect(start).toBeVisible();
  await page.keyboard.press('/');
  await expect(start).toBeFocused();
  await page.keyboard.type(root.split('/')[1] ?? '');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-entity-box][data-root]')).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press('ArrowRight');
  const selected = page.locator('[data-entity-box][data-selected]');
  await expect(selected).toHaveAttribute('data-root', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(selected).not.toHaveAttribute('data-root', 'true');
  const neighbour = (await selected.getAttribute('data-entity-box')) ?? '';
  await expect(page.getByRole('region', { name: /^Selected:/ })).toContainText(neighbour);
  const active = await canvas(page).getAttribute('aria-activedescendant');
  expect(await selected.getAttribute('id')).toBe(active);
  await expect(page.getByRole('status').filter({ hasText: /, (Component|API|Resource)/ })).toBeAttached();
  // Right goes to whatever the neighbour points at; left leads back to it or to another one of its kind.
  await page.keyboard.press('ArrowRight');
  await expect(selected).not.toHaveAttribute('data-entity-box', neighbour);
  await page.locator(`[data-entity-box="${neighbour}"]`).click();
  await canvas(page).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`root=${neighbour}`));
  await expect(page.locator('[data-entity-box][data-root]')).toHaveAttribute('data-entity-box', neighbour);
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Entities in the graph' })).toBeFocused();
});

test('Enter right after the last letter waits on a slow network for what the text finds', async ({
  page,
}) => {
  const root = await openGraph(page);
  const name = root.split('/')[1] ?? '';
  const answer = await holdAnswers(page, ({ searchParams }) => searchParams.get('term') === name);
  await page.goto('/graph');
  const start = page.getByRole('combobox', { name: 'Start of the graph' });
  await start.fill('a');
  await expect(page.getByRole('option').first()).toBeVisible();
  await start.fill(name);
  await start.press('Enter');
  await expect(start).toHaveValue(name);
  answer();
  await expect(page.locator('[data-entity-box][data-root]')).toHaveAttribute('data-entity-box', root);
});

test('the picture and the table show the same, and both fit what is said about them', async ({ page }) => {
  await openGraph(page);
  const drawn = await boxes(page).evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('data-entity-box') ?? '').sort(),
  );
  const table = page.getByRole('region', { name: 'Entities in the graph' });
  const listed = await table
    .locator('tbody th a')
    .evaluateAll((elements) =>
      elements.map((element) => element.getAttribute('data-entity-ref') ?? '').sort(),
    );
  expect(listed).toEqual(drawn);
  await expect(page.getByRole('status').filter({ hasText: 'relations' })).toContainText(
    `${drawn.length} entities`,
  );
  const owner = table.getByRole('columnheader', { name: 'Owner' });
  await owner.getByRole('button').click();
  await expect(owner).toHaveAttribute('aria-sort', 'ascending');
  await owner.getByRole('button').click();
  await expect(owner).toHaveAttribute('aria-sort', 'descending');
});

test('a line leads from box to box for each relation, also when only what is in sight is drawn', async ({
  page,
}) => {
  const root = await openGraph(page);
  const words = await page.getByText(/^\d+ entities, \d+ relations?\.$/).innerText();
  const [nodes = 0, relations = 0] = (words.match(/\d+/g) ?? []).map(Number);
  expect(relations).toBeGreaterThan(0);
  await expect(boxes(page)).toHaveCount(nodes);
  await expect(lines(page)).toHaveCount(relations);
  for (const line of await lines(page).all()) {
    const extent = await line.locator('path').first().boundingBox();
    expect(extent?.width ?? 0).toBeGreaterThan(0);
  }

  await page.goto(`/graph?root=${root}&depth=6&limit=500`);
  await expect(boxes(page).first()).toBeVisible();
  await expect.poll(() => lines(page).count()).toBeGreaterThan(0);
  const inSight = await boxes(page).count();
  const all = Number(
    await page
      .getByText(/^\d+ entities, /)
      .innerText()
      .then((text) => /\d+/.exec(text)?.[0]),
  );
  expect(all).toBeGreaterThan(100);
  expect(inSight).toBeLessThan(all);
});

test('steps, direction, kinds and frames stand in the address and go back', async ({ page }) => {
  await openGraph(page);
  const bar = page.getByRole('group', { name: 'What the graph shows' });
  await bar.getByText('1', { exact: true }).click();
  await expect(page).toHaveURL(/root=[^&]+$/);
  await bar.getByLabel('Direction').selectOption('What it needs');
  await expect(page).toHaveURL(/direction=forward/);
  await page.goBack();
  await expect(bar.getByLabel('Direction')).toHaveValue('both');
  await bar.getByLabel('Group by').selectOption('System');
  await expect(page).toHaveURL(/group=system/);
  await bar.getByRole('button', { name: /^Kinds/ }).click();
  await page.getByRole('checkbox', { name: 'Resources', exact: true }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/kinds=/);
  await expect(page.locator('[data-entity-box^="resource:"]')).toHaveCount(0);
  const address = page.url();
  await page.reload();
  await expect(boxes(page).first()).toBeVisible();
  expect(page.url()).toBe(address);
  await expect(bar.getByLabel('Group by')).toHaveValue('system');
});

test('what is clicked is told beside the picture, and a double click makes it the start', async ({
  page,
}) => {
  await openGraph(page);
  const other = page.locator('[data-entity-box]:not([data-root])').first();
  const ref = (await other.getAttribute('data-entity-box')) ?? '';
  await other.click();
  const panel = page.getByRole('region', { name: /^Selected:/ });
  await expect(panel).toContainText(ref);
  await expect(panel.getByRole('link', { name: 'Open' })).toBeVisible();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
  await other.dblclick();
  await expect(page).toHaveURL(new RegExp(`root=${ref}`));
});

test('the picture can be saved as SVG and as PNG', async ({ page }) => {
  await openGraph(page);
  const count = await boxes(page).count();
  for (const [name, ending] of [
    ['Save as SVG', '.svg'],
    ['Save as PNG', '.png'],
  ] as const) {
    await page.getByRole('button', { name: 'Export the picture' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^graph-.+\\${ending}$`));
    const content = await readFile(await download.path());
    if (ending === '.svg') expect(content.toString().match(/<g>/g)).toHaveLength(count);
    else expect(content.subarray(1, 4).toString()).toBe('PNG');
  }
});

test('impact names teams with their addresses, and each thing with the way to it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const root = await refOfConsumedApi(page);
  await page.goto(`/graph?root=${root}&depth=2`);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Impact').click();
  await expect(page).toHaveURL(/view=impact/);
  const owners = page.getByRole('region', { name: 'Who to tell' });
  await expect(owners.getByRole('listitem').first()).toContainText('affected');
  await expect(owners.locator('a[href^="mailto:"]').first()).toBeVisible();
  const affected = page.getByRole('region', { name: /^What is affected/ });
  await expect(affected.getByRole('listitem').first()).toContainText(root.split('/')[1] ?? '');
  await expectAccessible(page);
  await owners.getByRole('button', { name: 'Copy list' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Affected if .+ is down:\n- .+/);
  const all = await affected.getByRole('listitem').count();
  const button = owners.getByRole('button', { name: /^\d+ affected$/ }).last();
  const count = Number((await button.innerText()).replaceAll(/\D/g, ''));
  await button.click();
  await expect.poll(() => affected.getByRole('listitem').count()).toBe(Math.min(count, all));
});

test('an entity that others refer to and the catalog lacks is drawn as missing', async ({ page }) => {
  await page.route('**/api/catalog/graph*', async (route) => {
    const response = await route.fetch();
    const graph = (await response.json()) as { nodes: Record<string, unknown>[]; rootRefs: string[] };
    const missing = graph.nodes.find(({ ref }) => !graph.rootRefs.includes(String(ref)));
    if (missing) missing['isMissing'] = true;
    await route.fulfill({ response, json: graph });
  });
  await openGraph(page);
  const missing = page.locator('[data-entity-box][data-missing]');
  await expect(missing).toContainText('Not in the catalog');
  await missing.click();
  await expect(
    page.getByRole('region', { name: /^Selected:/ }).getByRole('link', { name: 'Why is it missing?' }),
  ).toBeVisible();
  await expectAccessible(page);
});

test('a neighbourhood beyond the bound says what was left out and how to see more', async ({ page }) => {
  const root = await openGraph(page);
  await page.goto(`/graph?root=${root}&depth=4&limit=3`);
  const notice = page.getByRole('status').filter({ hasText: 'Not everything is shown' });
  await expect(notice).toContainText(/Showing 3 of \d+, the nearest first; left out: \d+/);
  await notice.getByRole('button', { name: 'show up to 500' }).click();
  await expect(page).toHaveURL(/limit=500/);
  await expect.poll(() => boxes(page).count()).toBeGreaterThan(3);
});

test('ticks go from all to some and back, and another start keeps every choice', async ({ page }) => {
  const root = await openGraph(page);
  const relations = page.getByRole('button', { name: /^Relations/ });
  await page.goto(`/graph?root=${root}&relations=all&limit=90`);
  await relations.click();
  const ticks = page.getByRole('dialog', { name: 'Relations' }).getByRole('checkbox');
  const first = ticks.first();
  await first.uncheck();
  await expect(first).not.toBeChecked();
  await expect(ticks.last()).toBeChecked();
  await first.check();
  await expect(relations).toHaveText('Relations: All');
  await ticks.last().uncheck();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/relations=dependsOn,/);
  const choices = (of: string) => new URL(of).searchParams.get('relations');
  const chosen = choices(page.url());
  const other = page.locator('[data-entity-box]:not([data-root])').first();
  const ref = (await other.getAttribute('data-entity-box')) ?? '';
  await other.dblclick();
  await expect(page).toHaveURL(new RegExp(`root=${ref}`));
  expect(choices(page.url())).toBe(chosen);
  expect(page.url()).toContain('limit=90');
  const { kind, namespace, name } = /^(?<kind>.+):(?<namespace>.+)\/(?<name>.+)$/.exec(root)?.groups ?? {};
  await page.goto(
    `/catalog/${namespace}/${kind}/${name}?tab=dependencies&depth=2&direction=backward&group=system`,
  );
  const neighbour = page.locator('[data-entity-box]:not([data-root])').first();
  await neighbour.dblclick();
  await expect(page).not.toHaveURL(new RegExp(`/${kind}/${name}\\?`));
  await expect(page).toHaveURL(/tab=dependencies.*direction=backward.*group=system/);
});

test('the dependencies of an entity lead to the graph of its neighbour', async ({ page }) => {
  await openComponents(page);
  await listRows(page).first().getByRole('link').first().click();
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Dependencies/ })
    .click();
  await page.getByRole('radiogroup', { name: 'View' }).getByText('All relations').click();
  await expect(page.getByRole('region', { name: 'Owner' })).toBeVisible();
});
