import { readFile } from 'node:fs/promises';
import {
  expect,
  expectAccessible,
  listRows,
  openComponents,
  test,
  totalOfList,
} from './support/portal-test.ts';

test('a view keeps filters and order under a name, survives a reload, and can be renamed and deleted', async ({
  page,
}) => {
  await openComponents(page);
  await page
    .getByRole('group', { name: /^Owner/ })
    .locator('label')
    .first()
    .click();
  await expect(page).toHaveURL(/owner=/);
  const total = await totalOfList(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Night shift');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.goto('/catalog');
  await page.getByRole('button', { name: 'Views' }).click();
  const views = page.getByRole('list', { name: 'Saved views' });
  await views.getByRole('link', { name: 'Night shift', exact: true }).click();
  await expect.poll(() => totalOfList(page)).toBe(total);
  await expect(page.getByRole('button', { name: 'Night shift', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Night shift', exact: true }).click();
  await page.getByRole('button', { name: 'Rename Night shift' }).click();
  await page.getByRole('textbox', { name: 'New name of Night shift' }).fill('Day shift');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('button', { name: 'Delete Day shift' }).click();
  await expect(views).toHaveCount(0);
});

test('an export holds the rows that the list shows, in its order', async ({ page }) => {
  await openComponents(page);
  await page
    .getByRole('group', { name: /^Owner/ })
    .locator('label')
    .first()
    .click();
  await expect(page).toHaveURL(/owner=/);
  await expect.poll(() => totalOfList(page)).toBeLessThan(100);
  const total = await totalOfList(page);
  const first = await listRows(page).first().getAttribute('data-key');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const lines = csv.trim().split(/\r?\n/);
  expect(lines[0]).toContain('metadata.name');
  expect(lines).toHaveLength(total + 1);
  expect(lines[1]).toContain(first?.split('/')[1]);
});

test('selected rows have their sources read again, each source once', async ({ page }) => {
  await openComponents(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const asked = page.waitForRequest('**/api/catalog/refresh');
  await page.getByRole('button', { name: 'Read their sources again' }).click();
  await asked;
  await expect(page.getByRole('alert').filter({ hasText: 'read again' })).toBeVisible();
  await expect(page.getByRole('toolbar', { name: 'Selected rows' })).toHaveCount(0);
});

test('a badge is a picture, and its Markdown leads to the page of the entity', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openComponents(page);
  await listRows(page).first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy a badge…' }).click();
  const picture = page.getByRole('img', { name: 'The owner badge' });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(20);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Copy the Markdown of the owner badge' }).click();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  const address = /\]\(([^()]+)\)$/.exec(markdown)?.[1] ?? '';
  expect(new URL(address).pathname).toMatch(/^\/catalog\/default\/component\//);
});
