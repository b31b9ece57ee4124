import {
  expect,
  expectAccessible,
  failedRequest,
  holdAnswers,
  listRows,
  openComponents,
  test,
} from './support/portal-test.ts';

/** A word with two letters exchanged in its middle, as fast typing does it. */
function misspelt(word: string): string {
  const middle = Math.floor(word.length / 2);
  return word.slice(0, middle - 1) + word.charAt(middle) + word.charAt(middle - 1) + word.slice(middle + 1);
}

/** Name and title of a component whose name is long enough to be misspelt. */
async function aComponent(page: Parameters<typeof openComponents>[0]) {
  await openComponents(page);
  const rows = listRows(page);
  for (let index = 0; index < 10; index += 1) {
    const ref = (await rows.nth(index).getAttribute('data-key')) ?? '';
    const name = ref.split('/')[1] ?? '';
    const title = await rows.nth(index).getByRole('link').first().innerText();
    if (name.length >= 9 && misspelt(name) !== name) return { ref, name, title };
  }
  throw new Error('No component has a name of nine letters.');
}

test('a service is found by a misspelt name, on the page and in the palette', async ({ page }) => {
  const { name, title, ref } = await aComponent(page);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL('/search');
  await page.getByRole('searchbox', { name: 'Search the catalog' }).fill(misspelt(name));
  const result = page.getByRole('main').locator(`a[data-entity-ref="${ref}"]`);
  await expect(result).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${misspelt(name)}`));
  await expectAccessible(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search entities, pages and actions' }).fill(misspelt(name));
  const option = page.getByRole('option', { name: new RegExp(`^${title} Component`) });
  await expect(option).toBeVisible();
  await option.click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
});

test('a part of a name is found, its letters are marked, and the keyboard opens it', async ({ page }) => {
  const { name, title, ref } = await aComponent(page);
  await page.goto('/search');
  await expect(page.getByRole('searchbox', { name: 'Search the catalog' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  const results = page.getByRole('main').getByRole('listitem');
  await expect(results.first().locator('mark').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(results.first().getByRole('link').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('searchbox', { name: 'Search the catalog' })).toBeFocused();
  await expect(page.getByRole('main').locator('li a').first()).toHaveAttribute('data-entity-ref', ref);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox', { name: 'Search the catalog' })).toHaveValue(name);
});

test('Enter right after the last letter opens what the text finds, and back leads to the text', async ({
  page,
}) => {
  const { name, title } = await aComponent(page);
  await page.goto('/search');
  await page.getByRole('searchbox', { name: 'Search the catalog' }).focus();
  await page.keyboard.insertText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox', { name: 'Search the catalog' })).toHaveValue(name);
});

test('an arrow right after the last letter waits on a slow network for what the text finds', async ({
  page,
}) => {
  const { name, ref } = await aComponent(page);
  const answer = await holdAnswers(page, ({ searchParams }) => searchParams.get('term') === name);
  await page.goto('/search');
  const box = page.getByRole('searchbox', { name: 'Search the catalog' });
  const first = page.getByRole('main').getByRole('listitem').first().getByRole('link').first();
  await box.fill(name.slice(0, 3));
  await expect(first).toBeVisible();
  await box.fill(name);
  await box.press('ArrowDown');
  await expect(page.getByRole('main').locator('ol[data-outdated]')).toBeVisible();
  await expect(box).toBeFocused();
  answer();
  await expect(first).toHaveAttribute('data-entity-ref', ref);
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(box).toBeFocused();
});

test('kinds narrow the results to the number that stands beside them', async ({ page }) => {
  await page.goto('/search?q=payment');
  const kinds = page.getByRole('group', { name: 'Kinds' }).getByRole('button');
  await expect(kinds.first()).toBeVisible();
  const [label, count] = (await kinds.first().innerText()).split(/\n| (?=\d)/);
  await kinds.first().click();
  await expect(page).toHaveURL(/kind=/);
  await expect(page.getByRole('status').filter({ hasText: /result/ })).toHaveText(
    new RegExp(`^${count} results?`),
  );
  await expect(
    page.getByRole('group', { name: 'Kinds' }).getByRole('button', { name: label }),
  ).toHaveAttribute('aria-pressed', 'true');
  await page.goBack();
  await expect(kinds.first()).toHaveAttribute('aria-pressed', 'false');
});

test('nothing found says so, and leads to the reasons', async ({ page }) => {
  await page.goto('/search?q=zzqqxxyy-none');
  await expect(page.getByRole('heading', { name: /^Nothing is like/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Why is it not here?' }).click();
  await expect(page).toHaveURL(/\/why\?ref=zzqqxxyy-none/);
});

test.describe('a search that fails', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('says so and can be tried again', async ({ page }) => {
    await page.route('**/api/search/query*', (route) => route.abort());
    await page.goto('/search?q=payment');
    await expect(page.getByRole('alert')).toContainText('The server cannot be reached', { timeout: 15_000 });
    await page.unroute('**/api/search/query*');
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  });

  test('keeps the results when the next ones fail, says so and can be tried again', async ({ page }) => {
    await page.route('**/api/search/query*pageCursor=*', (route) => route.abort());
    await page.goto('/search?q=service');
    const results = page.getByRole('main').getByRole('listitem');
    await expect(results.first()).toBeVisible();
    const loaded = await results.count();
    await page.getByRole('button', { name: 'Show more results' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The next rows could not be loaded' });
    await expect(alert).toBeVisible();
    await expect(results).toHaveCount(loaded);
    await expectAccessible(page);
    await page.unroute('**/api/search/query*pageCursor=*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    expect(await results.count()).toBeGreaterThan(loaded);
  });
});
