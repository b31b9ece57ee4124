import type { Page } from '@playwright/test';
import { getRun, undoRun, type Run } from '@waymark/contracts';
import { openBreakableProxy } from './support/breakable-proxy.ts';
import { expect, expectAccessible, failedRequest, listRows, test } from './support/portal-test.ts';
import { finishedRun, startRun } from './support/template-run.ts';

const log = (page: Page) => page.getByRole('log');
const lines = (page: Page) => log(page).locator('[data-line]');
const step = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Steps' }).getByRole('button', { name });

/** Every line that is drawn, with its number; fails where one is missing or there twice. */
async function drawnLines(page: Page): Promise<string[]> {
  const drawn = await lines(page).evaluateAll((elements) =>
    elements
      .map((element) => ({
        number: Number(element.getAttribute('data-line')),
        text: element.lastElementChild?.textContent ?? '',
      }))
      .sort((a, b) => a.number - b.number),
  );
  expect(drawn.map(({ number }) => number)).toEqual(drawn.map((_, index) => index + 1));
  return drawn.map(({ text }) => text);
}

test('a run is followed to its end: steps, log, and what came of it', async ({ page, request }) => {
  const id = await startRun(request, 'greeting', { name: 'Ada', seconds: 4, colours: ['red'] });
  await page.goto(`/create/runs/${id}`);
  await expect(page).toHaveTitle('Greeting card · Waymark');
  await expect(page.getByRole('link', { name: /runs? in progress/ })).toBeVisible();
  await expect(step(page, 'Let it dry')).toContainText(/\d s/);
  await expect(log(page)).toContainText('Waiting for 4 seconds');
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome.getByRole('link', { name: 'Example page' })).toHaveAttribute(
    'href',
    'https://example.com/Ada',
  );
  await expect(outcome).toContainText('Then <b>celebrate</b>.');
  await expect(step(page, 'Varnish the card')).toContainText('Skipped');
  await expect(log(page)).toContainText('card.txt');
  const texts = await drawnLines(page);
  expect(texts).toContain('green as grass,');
  await expect(log(page).locator('[data-colour="red"]')).toHaveText('red');
  await page.getByText(/^Answers/).click();
  await expect(page.getByRole('table', { name: 'Answers' })).toContainText('Ada');
  const again = page.getByRole('link', { name: 'Run again' });
  const address = new URL((await again.getAttribute('href')) ?? '', page.url());
  expect(address.pathname).toBe('/create/default/journey-greeting');
  expect(JSON.parse(address.searchParams.get('formData') ?? '')).toMatchObject({ name: 'Ada', seconds: 4 });
});

test('a shared link shows the same of a run that has ended, and its lines have addresses', async ({
  page,
  request,
}) => {
  const id = await finishedRun(request, 'greeting', { name: 'Grace', seconds: 0 });
  await page.goto(`/create/runs/${id}`);
  await expect(page.getByRole('region', { name: 'Outcome' })).toBeVisible();
  await expect(log(page)).toContainText('Done for Grace');
  await step(page, 'Paint the card').click();
  await expect(page).toHaveURL(/step=paint/);
  await expect(log(page)).not.toContainText('Done for Grace');
  await page.getByRole('button', { name: /Show all/ }).click();
  const line = lines(page).filter({ hasText: 'Done for Grace' });
  await line.getByRole('link').click();
  await expect(page).toHaveURL(/#L\d+$/);
  const marked = page.url();
  await page.goto('/');
  await page.goto(marked);
  await expect(page.locator('[data-line][data-marked]')).toContainText('Done for Grace');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the log as text' }).click();
  expect((await download).suggestedFilename()).toBe(`run-${id}.txt`);
  await page.getByRole('searchbox', { name: 'Search in the log' }).fill('card');
  const place = page.getByRole('search').getByRole('status');
  await expect(place).toHaveText(/^\d+ of \d+$/);
  const first = await place.innerText();
  await page.keyboard.press('Enter');
  await expect(place).not.toHaveText(first);
  await page.keyboard.press('Shift+Enter');
  await expect(place).toHaveText(first);
  // Off the button whose words would stand above the page.
  await page.getByRole('heading', { level: 1 }).hover();
  await expectAccessible(page);
});

test('a reload in the middle keeps everything', async ({ page, request }) => {
  const id = await startRun(request, 'pause', { seconds: 6 });
  await page.goto(`/create/runs/${id}`);
  await expect(log(page)).toContainText('Waiting for 6 seconds');
  const before = await drawnLines(page);
  await page.reload();
  await expect(log(page)).toContainText('Run completed with status: completed');
  const after = await drawnLines(page);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after).toContain('Breathing out');
});

test('a run that waits can be cancelled, and goes on afterwards', async ({ page, request }) => {
  const id = await startRun(request, 'pause', { seconds: 25 });
  await page.goto(`/create/runs/${id}`);
  await expect(log(page)).toContainText('Waiting for 25 seconds');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('It was cancelled after 1 of 3 steps.')).toBeVisible();
  await expect(page.getByText('Nothing was made outside')).toBeVisible();
  await page.getByRole('button', { name: 'Go on where it stopped' }).click();
  await expect(lines(page).filter({ hasText: 'Waiting for' })).toHaveCount(2);
  // The log may be a moment ahead of the rest of the page, which moves when it follows.
  await expect(page.getByRole('button', { name: /^Running: Hold the breath/ })).toBeVisible();
  await expect(page.getByText('It was cancelled after 1 of 3 steps.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(lines(page).filter({ hasText: 'The run was cancelled' })).toHaveCount(2);
});

test('a run that fails says why, where, and goes on from there', async ({ page, request }) => {
  const id = await finishedRun(request, 'misspelt');
  await page.goto(`/create/runs/${id}`);
  const failure = page.getByRole('alert').filter({ hasText: 'The step “Render the skeleton” failed' });
  await expect(failure).toContainText('shout');
  await expect(failure).toContainText('letter.txt, line 2');
  await failure.getByRole('link', { name: 'Show it in the log' }).click();
  await expect(page.locator('[data-line][data-marked]')).toContainText('shout');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Retry from the failed step' }).click();
  await expect(log(page)).toContainText('The run goes on at the step that failed');
  // The step begins when a worker has the run.
  await expect(lines(page).filter({ hasText: 'Beginning step Render the skeleton' })).toHaveCount(2);
  await expect(failure).toBeVisible();
  const texts = await drawnLines(page);
  expect(texts.filter((text) => text === 'This goes well')).toHaveLength(1);
});

test.describe('a connection that breaks', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('is told quietly, and no line is lost or doubled', async ({ page, request, baseURL }) => {
    const proxy = await openBreakableProxy(baseURL ?? '');
    try {
      const id = await startRun(request, 'pause', { seconds: 12 });
      await page.goto(`${proxy.url}/create/runs/${id}`);
      await expect(log(page)).toContainText('Waiting for 12 seconds');
      await proxy.break();
      await expect(page.getByText('Reconnecting…')).toBeVisible();
      await proxy.mend();
      await expect(log(page)).toContainText('Run completed with status: completed');
      await expect(page.getByText('Reconnecting…')).toHaveCount(0);
      expect(await drawnLines(page)).toEqual([
        'Beginning step Breathe in',
        'Breathing in',
        'Finished step Breathe in',
        'Beginning step Hold the breath',
        'Waiting for 12 seconds',
        'Finished step Hold the breath',
        'Beginning step Breathe out',
        'Breathing out',
        'Finished step Breathe out',
        'Run completed with status: completed',
      ]);
    } finally {
      await proxy.close();
    }
  });
});

test('a log of twenty thousand lines can be searched, left and followed', async ({ page, request }) => {
  const id = await startRun(request, 'chatter', { rounds: 99 });
  await page.goto(`/create/runs/${id}`);
  await expect(page.getByText(/^19,80\d lines$/)).toBeVisible({ timeout: 60_000 });
  expect(await lines(page).count()).toBeLessThan(150);
  await page.getByRole('searchbox', { name: 'Search in the log' }).fill('Round 98');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await expect(lines(page).filter({ hasText: 'Round 98' })).toBeInViewport();
  await log(page).evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(lines(page).filter({ hasText: 'Round 0' })).toBeInViewport();
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect(lines(page).filter({ hasText: 'Run completed' })).toBeInViewport();
});

test('what a run made is listed before it is undone, and shown with its state afterwards', async ({
  page,
  request,
}) => {
  const id = await finishedRun(request, 'greeting', { name: 'Mary', seconds: 0 });
  const isUndone = await serveEffects(page, id);
  await page.goto(`/create/runs/${id}`);
  const made = page.getByRole('region', { name: 'What it made' });
  await expect(made.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo “Greeting card”?' });
  await expect(dialog.getByRole('list', { name: 'What is taken back' }).getByRole('listitem')).toHaveText([
    /^Registration of/,
    /^Repository acme\/card/,
  ]);
  await expect(dialog.getByRole('list', { name: 'What stays' })).toContainText('A message to the team');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Undo 2 things' }).click();
  await expect(dialog).toHaveCount(0);
  expect(isUndone()).toBe(true);
  await expect(made).toContainText('Not all could be taken back');
  await expect(made.getByText('Taken back', { exact: true })).toHaveCount(2);
  await expect(page.getByText('Some of what it made was taken back')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Outcome' })).toBeVisible();
});

/** Effects that the actions of these templates do not have: of three things two can be taken back. */
async function serveEffects(page: Page, id: string): Promise<() => boolean> {
  let isUndone = false;
  const withEffects = (run: Run): Run => ({
    ...run,
    effects: [
      {
        kind: 'repository' as const,
        title: 'Repository acme/card',
        url: 'https://git.example.com/acme/card',
      },
      { kind: 'other' as const, title: 'A message to the team' },
      { kind: 'registration' as const, title: 'Registration of acme/card' },
    ].map((effect, index) => ({
      ...effect,
      id: String(index),
      stepId: 'show',
      canUndo: effect.kind !== 'other',
      state: !isUndone ? 'done' : effect.kind === 'other' ? 'undo-failed' : 'undone',
    })),
    can: { ...run.can, undo: !isUndone },
    ...(isUndone && { undo: { state: 'failed' as const } }),
  });
  const path = getRun.path.replace(':taskId', id);
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: withEffects(getRun.reply.parse(await response.json())) });
  });
  await page.route(`**${undoRun.path.replace(':taskId', id)}`, async (route) => {
    isUndone = route.request().method() === 'POST';
    const response = await page.request.get(path);
    await route.fulfill({ json: withEffects(getRun.reply.parse(await response.json())) });
  });
  return () => isUndone;
}

test('the list of runs is narrowed by its address, and walked with the keys', async ({ page, request }) => {
  const id = await finishedRun(request, 'misspelt');
  await page.goto('/create/runs');
  await expect(page).toHaveTitle('Runs · Waymark');
  await expect(listRows(page).first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Failed');
  await expect(page).toHaveURL(/status=failed/);
  await page.getByRole('combobox', { name: 'Template' }).selectOption('Misspelt skeleton');
  await expect(page).toHaveURL(/template=/);
  const row = listRows(page).and(page.locator(`[data-key="${id}"]`));
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('1/3');
  await page.getByRole('navigation', { name: 'Whose runs' }).getByRole('link', { name: 'All' }).click();
  await expect(page).toHaveURL(/scope=all.*status=failed/);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Misspelt skeleton', level: 1 })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL(/\/create\/runs\?scope=all$/);
});

test('home leads to a run that failed', async ({ page, request }) => {
  await finishedRun(request, 'misspelt');
  await page.goto('/');
  const runs = page.getByRole('region', { name: 'My runs' });
  await runs.getByRole('link', { name: 'Misspelt skeleton' }).first().click();
  await expect(page).toHaveURL(/\/create\/runs\/[\da-f-]+$/);
});

test('the reference of actions is searched, and each action has an address', async ({ page }) => {
  await page.goto('/create/actions#fetch:template');
  const reference = page.getByRole('region', { name: 'fetch:template', exact: true });
  await expect(reference).toBeInViewport();
  await expect(reference.getByRole('region', { name: 'Input of fetch:template' })).toContainText('required');
  await page.getByRole('searchbox', { name: 'Filter by name, words or input' }).fill('catalogInfoUrl');
  await expect(page.getByRole('main').getByRole('status')).toHaveText('1 action');
  const register = page.getByRole('region', { name: 'catalog:register', exact: true });
  await expect(register).toContainText('Can be undone');
  await expect(register).toContainText('Skipped in dry runs');
  await page.getByRole('searchbox', { name: 'Filter by name, words or input' }).fill('parseEntityRef');
  await expect(page.getByRole('region', { name: 'Filters' })).toContainText('parseEntityRef');
});

test.describe('a run that there is not', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('leads to all runs', async ({ page }) => {
    for (const id of ['3f06e8e6-e728-4b80-b275-4903d958a41f', 'not-an-id']) {
      await page.goto(`/create/runs/${id}`);
      await expect(page.getByRole('heading', { name: 'There is no such run' })).toBeVisible();
    }
    await page.getByRole('link', { name: 'All runs' }).click();
    await expect(page).toHaveURL('/create/runs?scope=all');
  });
});
