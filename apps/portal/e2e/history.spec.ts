import type { Page } from '@playwright/test';
import { commitToDemo, originOf, readAgain } from './support/demo-repository.ts';
import { expect, expectAccessible, failedRequest, listRows, test } from './support/portal-test.ts';

// One story at a time: each changes a repository of the demo organisation.
// A read of a source may have to wait for others, so each has more time than usual.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** A component with its owner and the name of another group. */
async function aComponentWithOwner(page: Page, index: number) {
  await page.goto('/catalog?kind=component');
  const ref = (await listRows(page).nth(index).getAttribute('data-key')) ?? '';
  const origin = await originOf(page.request, ref);
  const name = ref.split('/')[1] ?? '';
  const owner = /^ {2}owner: ['"]?(?:group:)?(?:default\/)?([\w-]+)/m.exec(origin.text)?.[1] ?? '';
  expect(owner).not.toBe('');
  await page.goto('/catalog?kind=group');
  await expect(listRows(page).first()).toBeVisible();
  const groups = await listRows(page).evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('data-key')?.split('/')[1] ?? ''),
  );
  const other = groups.find((group) => group !== '' && group !== owner) ?? '';
  expect(other).not.toBe('');
  return { ref, name, origin, owner, other };
}

/** The owner in the header of an entity's page; its text is a title, its reference is certain. */
function ownerLink(page: Page, group: string) {
  return page.getByRole('main').locator(`header [data-entity-ref="group:default/${group}"]`);
}

/** Gives the document of one entity another owner and leaves the rest of its file alone. */
function withOwner(name: string, owner: string) {
  return (text: string) =>
    text
      .split(/^---$/m)
      .map((document) =>
        new RegExp(`^  name: ['"]?${name}['"]?$`, 'm').test(document)
          ? document.replace(/^ {2}owner: .+$/m, `  owner: ${owner}`)
          : document,
      )
      .join('---');
}

test('who owned it before is seen in the history, in the difference, and on the page as of then', async ({
  page,
}) => {
  const { ref, name, origin, owner, other } = await aComponentWithOwner(page, 0);
  const revision = commitToDemo(origin, withOwner(name, other), `Hand ${name} over to ${other}`);
  await readAgain(page, origin.sourceId);

  await page.goto(`/catalog/default/component/${name}`);
  await expect(ownerLink(page, other)).toBeVisible();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'History' }).click();
  const changes = page.getByRole('list', { name: 'Changes, newest first' }).getByRole('listitem');
  await expect(changes.first()).toContainText('Changed');
  await expect(changes.first()).toContainText(`Hand ${name} over to ${other}`);
  await expect(changes.first()).toContainText('by Robin Example');
  await expect(changes.first()).toContainText(revision.slice(0, 8));
  await expect(changes.first()).toContainText('spec.owner');
  const difference = page.getByRole('region', { name: 'Differences by line' });
  await expect(difference).toContainText(`owner: ${other}`);
  await expect(page.getByText('1 line added, 1 line removed.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('radiogroup', { name: 'Layout of the difference' }).getByText('Split').click();
  await expect(page).toHaveURL(/lines=split/);

  await changes.last().getByRole('link', { name: 'See it as of then' }).click();
  await expect(page).toHaveURL(/asOf=/);
  await expect(page.getByRole('status').filter({ hasText: 'As of' })).toBeVisible();
  await expect(ownerLink(page, owner)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page).not.toHaveURL(/asOf=/);
  await expect(ownerLink(page, other)).toBeVisible();
  expect(ref).toContain(name);
});

test('the catalog as of an instant shows who owned what then, and links stay in the past', async ({
  page,
}) => {
  const { name, origin, owner, other } = await aComponentWithOwner(page, 1);
  const before = new Date().toISOString();
  commitToDemo(origin, withOwner(name, other), `Hand ${name} over`);
  await readAgain(page, origin.sourceId);
  await page.goto(`/catalog?kind=component&q=${name}&asOf=${before}`);
  await expect(page.getByRole('status').filter({ hasText: 'As of' })).toBeVisible();
  const row = page.locator(`[data-key="component:default/${name}"]`);
  await expect(row).toBeVisible();
  await expect(row.locator(`[data-entity-ref="group:default/${other}"]`)).toHaveCount(0);
  // What cannot be had of then says so, instead of giving what is now.
  await expect(page.getByRole('button', { name: 'Export' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Export' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('the catalog as it is now');
  await expectAccessible(page);
  await row.getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/component/${name}\\?.*asOf=`));
  await page.goBack();
  await row.getByRole('button', { name: /^Actions of/ }).click();
  await page.getByRole('menuitem', { name: 'Show its history' }).click();
  await expect(page).toHaveURL(new RegExp(`/component/${name}\\?tab=history&asOf=`));
  await page.goto(`/graph?root=component:default/${name}&view=impact&asOf=${before}`);
  await expect(page.getByRole('heading', { name: 'Impact is known of now only' })).toBeVisible();
  await page.goto(`/catalog/default/group/${owner}?owned=component&inherited=false&asOf=${before}`);
  const owned = page.getByRole('list', { name: 'Owned Components' });
  await expect(owned.locator(`[data-entity-ref="component:default/${name}"]`)).toBeVisible();
  await page.goto(`/catalog?kind=component&q=${name}&asOf=${before}`);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(row.locator(`[data-entity-ref="group:default/${other}"]`).first()).toBeVisible();
});

test('the text of a version can be copied and downloaded, with the place to commit it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { name, origin } = await aComponentWithOwner(page, 2);
  await page.goto(`/catalog/default/component/${name}?tab=history`);
  await expect(page.getByText(/To restore the version/)).toContainText(origin.path);
  await page.getByRole('button', { name: 'Copy the text' }).click();
  await expect(page.getByText('Copied').first()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`name: ${name}`);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await coming).suggestedFilename()).toBe(`component-${name}.yaml`);
});

test.describe('before the record begins', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('an older version that could not be asked for is asked for again', async ({ page }) => {
    const { name, origin, other } = await aComponentWithOwner(page, 4);
    commitToDemo(origin, withOwner(name, other), `Hand ${name} over`);
    await readAgain(page, origin.sourceId);
    await page.goto(`/catalog/default/component/${name}?tab=history`);
    const changes = page.getByRole('list', { name: 'Changes, newest first' }).getByRole('listitem');
    await expect(changes).toHaveCount(2);
    const older = await page.getByLabel('From').locator('option').last().getAttribute('value');
    await page.route(`**/history/${older}`, (route) => route.fulfill({ status: 500, body: '' }));
    await page.getByLabel('From').selectOption(older);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toBeVisible();
    await page.unroute(`**/history/${older}`);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('region', { name: 'Differences by line' })).toContainText(`owner: ${other}`);
  });

  test('the page says since when changes are recorded', async ({ page }) => {
    const { name } = await aComponentWithOwner(page, 3);
    await page.goto(`/catalog/default/component/${name}?tab=history`);
    await expect(page.getByText(/^Recorded since /)).toBeVisible();
    await page.getByRole('button', { name: 'As of now' }).click();
    await page.getByRole('button', { name: 'A month ago' }).click();
    await expect(page).toHaveURL(/asOf=/);
    await expect(page.getByRole('heading', { name: /is known of then$/ })).toBeVisible();
    await expect(page.getByText('Changes are recorded from the first read of a source on.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect(page.getByText(/^Recorded since /)).toBeVisible();
  });
});
