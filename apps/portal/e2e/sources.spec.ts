import { expect, failedRequest, test } from './support/portal-test.ts';

test('a source can be read again, shows that it works and tells the outcome', async ({ page }) => {
  await page.goto('/sources');
  await page.getByRole('table').getByRole('link').last().click();
  await page.getByRole('button', { name: 'Read again now' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /was read|could not be read/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('button', { name: 'Read again now' })).toBeEnabled();
});

test('home leads to each problem, and the problem names its file, line and what to do', async ({ page }) => {
  await page.goto('/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  // The journey that removes a source takes that of the ledger.
  const matter = attention.getByRole('listitem').filter({ hasNotText: 'ledger' });
  await matter.getByRole('link', { name: 'Show lines' }).first().click();
  await expect(page).toHaveURL(/\/sources\/\d+$/);
  const file = page.getByRole('region').filter({ hasText: 'Error' }).last();
  await expect(file.getByRole('heading')).toContainText(/\.ya?ml/);
  await expect(file.getByRole('listitem').first()).toContainText(/^\d+/);
  const problems = await page
    .getByRole('listitem')
    .filter({ hasText: /Error|Warning|Note/ })
    .count();
  await page
    .getByRole('group', { name: 'Level' })
    .getByRole('button', { name: /^Errors/ })
    .click();
  await expect(page).toHaveURL(/level=error/);
  await expect
    .poll(() =>
      page
        .getByRole('listitem')
        .filter({ hasText: /Error|Warning|Note/ })
        .count(),
    )
    .toBeLessThanOrEqual(problems);
});

test('a conflict names both files and leads to the one that holds the reference', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Compare' }).first().click();
  const conflicts = page.getByRole('region', { name: 'Claimed by two files' });
  await expect(conflicts).toContainText('Here:');
  const holder = conflicts.getByRole('link').nth(1);
  const name = await holder.innerText();
  await holder.click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
});

test('the list shows what needs attention, filters by address, and goes back', async ({ page }) => {
  await page.goto('/sources');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const all = await rows.count();
  await page.getByRole('button', { name: /^Need attention/ }).click();
  await expect(page).toHaveURL(/show=attention/);
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await page.goBack();
  await expect.poll(() => rows.count()).toBe(all);
  const name = await page.getByRole('table').getByRole('link').last().innerText();
  await page.getByRole('searchbox', { name: 'Filter by repository or folder' }).fill(name);
  await expect.poll(() => rows.count()).toBe(2);
});

test.describe('a source that cannot be read', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('says why, what to do, and that nothing was lost', async ({ page }) => {
    await page.route(/\/api\/catalog\/sources\/\d+$/, async (route) => {
      const response = await route.fetch();
      const source = (await response.json()) as Record<string, unknown>;
      const error = {
        code: 'source.unreachable',
        message: 'The host does not answer.',
        hint: 'Check the network.',
      };
      await route.fulfill({ response, json: { ...source, state: 'failed', error } });
    });
    await page.goto('/sources');
    await page.getByRole('table').getByRole('link').first().click();
    const alert = page.getByRole('alert').filter({ hasText: 'The host does not answer.' });
    await expect(alert).toContainText('Check the network.');
    await expect(alert).toContainText('stay in the catalog');
  });

  test('a refused read is told and leaves the page as it was', async ({ page }) => {
    await page.route('**/api/catalog/sources/*/refresh', (route) => route.abort());
    await page.goto('/sources');
    await page
      .getByRole('button', { name: /^Read .* again$/ })
      .last()
      .click();
    await expect(page.getByRole('alert')).toContainText('The server cannot be reached');
    await expect(page.getByRole('row').nth(1)).toBeVisible();
  });
});
