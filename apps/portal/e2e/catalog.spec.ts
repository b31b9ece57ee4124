import { expect, failedRequest, listRows, openComponents, test, totalOfList } from './support/portal-test.ts';

test('a facet narrows the list to the number that stands beside it, and clearing brings all back', async ({
  page,
}) => {
  await openComponents(page);
  const all = await totalOfList(page);
  const option = page.getByRole('group', { name: /^Type/ }).locator('label').first();
  const [label, count] = (await option.innerText()).split('\n');
  await option.click();
  await expect(page.getByRole('group', { name: 'Active filters' })).toContainText(label ?? '');
  await expect.poll(() => totalOfList(page)).toBe(Number(count?.replaceAll(',', '')));
  expect(new URL(page.url()).searchParams.get('type')).toBe(label);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.poll(() => totalOfList(page)).toBe(all);
});

test('values of one facet are alternatives, facets restrict each other', async ({ page }) => {
  await openComponents(page);
  const counts: number[] = [];
  const options = page.getByRole('group', { name: /^Lifecycle/ }).locator('label');
  for (const index of [0, 1]) {
    counts.push(Number((await options.nth(index).innerText()).split('\n')[1]));
  }
  const [first, second] = [await options.nth(0).innerText(), await options.nth(1).innerText()];
  await page.getByRole('checkbox', { name: first.split('\n')[0] }).check();
  await page.getByRole('checkbox', { name: second.split('\n')[0] }).check();
  await expect.poll(() => totalOfList(page)).toBe((counts[0] ?? 0) + (counts[1] ?? 0));
});

test('typing filters, marks the letters, stays in the address, and a reload shows the same', async ({
  page,
}) => {
  await openComponents(page);
  const title = await listRows(page).nth(3).getByRole('link').first().innerText();
  const word = title.split(/[ -]/)[0] ?? '';
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(page.locator('mark').filter({ hasText: word }).first()).toBeVisible();
  await expect(listRows(page).filter({ hasText: title })).toHaveCount(1);
  await expect(page).toHaveURL(new RegExp(`q=${word}`));
  const total = await totalOfList(page);
  await page.reload();
  await expect(page.getByRole('searchbox', { name: /Filter by name/ })).toHaveValue(word);
  await expect.poll(() => totalOfList(page)).toBe(total);
});

test('an address opens the same list for somebody else', async ({ page, browser, baseURL }) => {
  await openComponents(page);
  await page
    .getByRole('group', { name: /^Owner/ })
    .locator('label')
    .first()
    .click();
  await page.getByRole('columnheader', { name: 'Type' }).click();
  await expect(page).toHaveURL(/owner=.*sort=type|sort=type.*owner=/);
  await expect(page.getByRole('columnheader', { name: 'Type' })).toHaveAttribute('aria-sort', 'ascending');
  const rows = await listRows(page).evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('data-key')),
  );
  const other = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const otherPage = await other.newPage();
  await otherPage.goto(page.url());
  await expect(listRows(otherPage).first()).toBeVisible();
  const otherRows = await listRows(otherPage).evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('data-key')),
  );
  expect(otherRows).toEqual(rows);
  await other.close();
});

test('back and forward restore kind, filters, and the place in the list', async ({ page }) => {
  await openComponents(page);
  const grid = page.getByRole('grid');
  const before = await listRows(page).nth(8).getAttribute('data-key');
  await grid.evaluate((element) => element.scrollTo({ top: 1500 }));
  // The rows of the new place are drawn a moment later.
  await expect(listRows(page).nth(8)).not.toHaveAttribute('data-key', before ?? '');
  const link = listRows(page).nth(8).getByRole('link').first();
  const title = await link.innerText();
  const top = await grid.evaluate((element) => element.scrollTop);
  expect(top).toBeGreaterThan(0);
  await link.click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.goBack();
  await expect.poll(() => grid.evaluate((element) => element.scrollTop)).toBe(top);
  await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: /^APIs/ }).click();
  await expect(page).toHaveTitle('APIs · Waymark');
  await expect.poll(() => grid.evaluate((element) => element.scrollTop)).toBe(0);
  await page.goBack();
  await expect(page).toHaveTitle('Components · Waymark');
  await expect.poll(() => grid.evaluate((element) => element.scrollTop)).toBe(top);
  await page.goForward();
  await expect(page).toHaveTitle('APIs · Waymark');
});

test('scrolling to the end loads every row and draws only those in sight', async ({ page }) => {
  await page.goto('/catalog');
  await expect(listRows(page).first()).toBeVisible();
  const total = await totalOfList(page);
  expect(total).toBeGreaterThan(100);
  const grid = page.getByRole('grid');
  await expect
    .poll(
      async () => {
        await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
        return grid.getAttribute('aria-rowcount').then(Number);
      },
      { timeout: 20_000 },
    )
    .toBe(total + 1);
  expect(await listRows(page).count()).toBeLessThan(60);
});

test('columns can be left out, stay left out, and stand in the address', async ({ page }) => {
  await openComponents(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Tags' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Tags' })).toHaveCount(0);
  await expect(page).toHaveURL(/columns=/);
  await openComponents(page);
  await expect(page.getByRole('columnheader', { name: 'Owner' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Tags' })).toHaveCount(0);
});

test('sorting by name turns the list around', async ({ page }) => {
  await openComponents(page);
  const first = await listRows(page).first().getAttribute('data-key');
  await page.getByRole('columnheader', { name: 'Name' }).click();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  await expect(listRows(page).first()).not.toHaveAttribute('data-key', first ?? '');
  await expect(page).toHaveURL(/sort=-name/);
});

test('starred things are a set of their own', async ({ page }) => {
  await openComponents(page);
  const link = listRows(page).nth(1).getByRole('link').first();
  const title = await link.innerText();
  await link.click();
  await page.getByRole('button', { name: `Star ${title}` }).click();
  await page.goto('/catalog?kind=component&set=starred');
  await expect.poll(() => totalOfList(page)).toBe(1);
  await expect(listRows(page).first()).toContainText(title);
  await page.goto('/');
  await expect(
    page.getByRole('region', { name: 'Starred' }).getByRole('link', { name: title }),
  ).toBeVisible();
});

test('an empty result says so and offers the way out', async ({ page }) => {
  await page.goto('/catalog?kind=component&q=zzzz-no-such-thing');
  await expect(page.getByRole('heading', { name: 'Nothing matches these filters' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(listRows(page).first()).toBeVisible();
});

test.describe('failures', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('a failed list says what to do, names the request and recovers', async ({ page }) => {
    await page.route('**/api/catalog/entities/by-query*', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Something went wrong on our side',
          status: 500,
          code: 'server.unexpected',
          requestId: 'request-4711',
        }),
      }),
    );
    await page.goto('/catalog');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('Something went wrong on our side');
    await expect(alert).toContainText('request-4711');
    await page.unroute('**/api/catalog/entities/by-query*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(listRows(page).first()).toBeVisible();
  });

  test('a failed next page keeps the rows and can be tried again', async ({ page }) => {
    await page.route('**/api/catalog/entities/by-query*cursor=*', (route) => route.abort());
    await page.goto('/catalog');
    await expect(listRows(page).first()).toBeVisible();
    await page.getByRole('grid').evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    const alert = page.getByRole('alert').filter({ hasText: 'The next rows could not be loaded' });
    await expect(alert).toBeVisible({ timeout: 15_000 });
    await page.unroute('**/api/catalog/entities/by-query*cursor=*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(listRows(page).first()).toBeVisible();
  });

  test('a server that is away is told in a banner, and what was read stays', async ({ page }) => {
    await openComponents(page);
    let isAway = true;
    await page.route('**/api/**', (route) => (isAway ? route.abort() : route.continue()));
    await page
      .getByRole('navigation', { name: 'Kinds' })
      .getByRole('link', { name: /^Systems/ })
      .click();
    await expect(
      page.getByText('The server cannot be reached. What you see is as of the last answer.'),
    ).toBeVisible({
      timeout: 15_000,
    });
    // The banner asks by itself as well: once the server is back, its button may go before it is pressed.
    const tryNow = await page.getByRole('button', { name: 'Try now' }).elementHandle();
    isAway = false;
    await tryNow?.evaluate((button: HTMLElement) => button.click());
    await expect(page.getByText('What you see is as of the last answer.')).toHaveCount(0);
    await expect(listRows(page).first()).toBeVisible();
  });

  test('an answer that is no answer of this API is told as such', async ({ page }) => {
    await page.route('**/api/catalog/sources*', (route) =>
      route.fulfill({ status: 200, body: '<html>Sign in</html>' }),
    );
    await page.goto('/sources');
    await expect(page.getByRole('alert')).toContainText('gave an answer that the portal does not understand');
  });
});
