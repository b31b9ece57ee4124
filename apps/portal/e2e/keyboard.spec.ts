import { expect, expectAccessible, listRows, openComponents, test } from './support/portal-test.ts';

test('the keyboard alone finds a service, opens it, goes back to its row and reaches its owner', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL('/catalog');
  await expect(listRows(page).first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(listRows(page).nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(listRows(page).nth(1)).toBeFocused();
  const ref = await listRows(page).nth(1).getAttribute('data-key');
  await page.keyboard.press('Enter');
  await expect(page.getByText(ref ?? 'no reference').first()).toBeVisible();
  await page.goBack();
  await expect(page.locator(`[data-key="${ref}"]`)).toBeFocused();
});

test('x selects rows, which can be copied or starred together, and Escape gives them up', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openComponents(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await expect(bar).toContainText('2 rows selected');
  await expectAccessible(page);
  await bar.getByRole('button', { name: 'Copy references' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(2);
  expect(copied).toMatch(/^component:default\//);
  await listRows(page).first().focus();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('the actions of a row open with a dot, and the focus comes back to the row', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openComponents(page);
  await page.keyboard.press('j');
  await page.keyboard.press('.');
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(listRows(page).first()).toBeFocused();
  await page.keyboard.press('.');
  await menu.getByRole('menuitem', { name: 'Copy reference' }).click();
  await expect(page.getByText(/^Copied component:/)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^component:/);
});

test('letters typed into a field are text, not commands', async ({ page }) => {
  await openComponents(page);
  await page.keyboard.press('/');
  await page.keyboard.type('gc?jx.');
  await expect(page.getByRole('searchbox', { name: /Filter by name/ })).toHaveValue('gc?jx.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a question mark lists the keys, and letter keys can be switched off', async ({ page }) => {
  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('switch', { name: /Letter keys/ }).uncheck();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the first Tab offers to skip the navigation, and a new page takes the focus', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL('/sources');
  await expect(page.getByRole('main')).toBeFocused();
});

test.describe('palette', () => {
  test('finds an entity while typing, marks the letters, and opens it with Enter', async ({ page }) => {
    await openComponents(page);
    const title = await listRows(page).nth(5).getByRole('link').first().innerText();
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search entities, pages and actions' });
    await expect(field).toBeFocused();
    await page.keyboard.type(title);
    const option = page.getByRole('option', { name: new RegExp(`${title} Component`) });
    await expect(option).toBeVisible();
    await expect(option.locator('mark').first()).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByRole('dialog').getByRole('option').first()).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await option.hover();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(
      page.getByRole('group', { name: 'Recent' }).getByRole('option', { name: new RegExp(title) }),
    ).toBeVisible();
  });

  test('goes to pages, opens in a new tab with Ctrl, and does actions', async ({ page, context }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sourc');
    await page.getByRole('option', { name: 'Sources', exact: true }).hover();
    const [tab] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    await expect(tab).toHaveURL('/sources');
    await tab.close();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/sources');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const before = await page.locator('html').getAttribute('data-mantine-color-scheme');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('toggle theme');
    await expect(page.getByRole('option', { name: /theme/i }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).not.toHaveAttribute('data-mantine-color-scheme', before ?? '');
  });

  test('moves with the arrows around the list and closes with Escape', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^Search/ }).click();
    const options = page.getByRole('dialog').getByRole('option');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
