import { expect, expectAccessible, failedRequest, test } from './support/portal-test.ts';

test('a team is found, shows its people and adds up what its sub-teams own', async ({ page }) => {
  await page.goto('/teams');
  const teams = page.getByRole('table', { name: 'Teams' });
  await expect(teams.getByRole('row').nth(1)).toBeVisible();
  const all = await teams.getByRole('row').count();
  // The first row below the company that has sub-teams of its own.
  const row = teams.getByRole('row').filter({ hasText: 'department' }).first();
  const name = await row.getByRole('rowheader').getByRole('link').innerText();
  const withSubTeams = await row.getByRole('link', { name: /and its sub-teams/ }).innerText();
  await page.getByRole('searchbox', { name: /^Find a team/ }).fill(name);
  await expect.poll(() => teams.getByRole('row').count()).toBeLessThan(all);
  await teams.getByRole('link', { name, exact: true }).click();
  const owns = page.getByRole('region', { name: 'Owns' });
  await expect(owns.locator('header')).toContainText(withSubTeams);
  await expect(owns.getByText(/^from/).first()).toBeVisible();
  await owns.getByRole('switch', { name: 'With sub-teams' }).uncheck();
  await expect(page).toHaveURL(/inherited=false/);
  await expect(owns.locator('header')).not.toContainText(withSubTeams);
  await page.goBack();
  await expect(owns.locator('header')).toContainText(withSubTeams);
  await page.getByRole('region', { name: 'Members' }).getByRole('listitem').first().getByRole('link').click();
  await expect(page.getByRole('region', { name: 'Contact' }).getByRole('link').first()).toHaveAttribute(
    'href',
    /^mailto:/,
  );
  await expect(page.getByRole('region', { name: 'Teams' }).getByRole('link', { name })).toBeVisible();
});

test('home leads to what has no owner, and the finding names the file and the line to change', async ({
  page,
}) => {
  await page.goto('/');
  await page
    .getByRole('region', { name: 'Needs attention' })
    .getByRole('link', { name: 'See the fixes' })
    .first()
    .click();
  await expect(page).toHaveURL(/\/ownership\?check=/);
  const finding = page.getByRole('main').getByRole('listitem').filter({ hasText: 'spec.owner' }).first();
  await expect(finding).toContainText(/\.yaml:\d+/);
  const name = await finding.getByRole('link').first().innerText();
  await finding.getByRole('link', { name: 'Show its descriptor' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('owner:');
});

test('a check that everything passes says so in words, and has an address', async ({ page }) => {
  await page.goto('/ownership?check=unowned');
  await expect(page.getByText('Everything that should have an owner names one.')).toBeVisible();
  const checks = page.getByRole('navigation', { name: 'Checks' });
  await checks.getByRole('link', { name: /^Conflicts/ }).click();
  await expect(page).toHaveURL('/ownership?check=conflict');
  await expect(page.getByRole('list', { name: 'Conflicts' }).getByRole('listitem').first()).toContainText(
    'which holds it',
  );
  await page.goBack();
  await expect(page).toHaveURL('/ownership?check=unowned');
});

test('a guest chooses a team, and its things wait on home from then on', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('combobox', { name: 'My team' }).selectOption({ index: 3 });
  const mine = page.getByRole('region', { name: 'Things of my team' });
  await expect(mine.getByRole('listitem').first()).toBeVisible();
  await page.reload();
  await expect(mine.getByRole('listitem').first()).toBeVisible();
  await mine.getByRole('navigation', { name: 'Kinds of my things' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/owner=group/);
});

test.describe('when the checks cannot be asked', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('the page says so and tries again on request', async ({ page }) => {
    await page.route('**/api/catalog/ownership', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto('/ownership');
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page);
    await page.unroute('**/api/catalog/ownership');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('navigation', { name: 'Checks' })).toBeVisible();
  });

  test('home does not claim that all is well', async ({ page }) => {
    await page.route('**/api/catalog/ownership', (route) => route.fulfill({ status: 500, body: '' }));
    await page.route(/\/api\/catalog\/sources\?/, async (route) => {
      const response = await route.fetch();
      const page = (await response.json()) as { items: { counts: Record<string, number> }[] };
      const items = page.items.map((source) => ({
        ...source,
        state: 'ready',
        counts: { ...source.counts, errors: 0, conflicts: 0 },
      }));
      await route.fulfill({ response, json: { ...page, items } });
    });
    await page.goto('/');
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(attention.getByRole('alert')).toBeVisible();
    await expect(attention.getByText('All is well')).toHaveCount(0);
    await expectAccessible(page);
    await page.unroute('**/api/catalog/ownership');
    await attention.getByRole('button', { name: 'Try again' }).click();
    await expect(attention.getByRole('link', { name: 'See the fixes' }).first()).toBeVisible();
  });

  test('home says that its things could not be asked for', async ({ page }) => {
    await page.route('**/api/catalog/entities/by-refs*', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto('/');
    const mine = page.getByRole('region', { name: 'My things' });
    await expect(mine.getByRole('alert')).toBeVisible();
    await page.unroute('**/api/catalog/entities/by-refs*');
    await mine.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Which team is yours?' })).toBeVisible();
  });
});
