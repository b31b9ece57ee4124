import {
  expect,
  expectAccessible,
  expectAccessibleInBothSchemes,
  failedRequest,
  listRows,
  openComponents,
  test,
} from './support/portal-test.ts';
import { shownPages } from './support/shown-pages.ts';

const screens = [
  { name: 'wide', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
] as const;

for (const { name: screen, viewport } of screens) {
  test.describe(screen, () => {
    test.use({ viewport });
    for (const { name, open } of shownPages) {
      test(`${name} is accessible in light and dark, keeps the content policy and fits the window`, async ({
        page,
      }) => {
        await open(page);
        await expectAccessibleInBothSchemes(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  });
}

test('every page says its name in the title of the document', async ({ page }) => {
  for (const [path, title] of [
    ['/', 'Home · Waymark'],
    ['/catalog', 'Catalog · Waymark'],
    ['/catalog?kind=component', 'Components · Waymark'],
    ['/teams', 'Teams · Waymark'],
    ['/ownership', 'Ownership · Waymark'],
    ['/register', 'Register a repository · Waymark'],
    ['/graph', 'Graph · Waymark'],
    ['/search', 'Search · Waymark'],
    ['/why', 'Why is it (not) here? · Waymark'],
    ['/sources', 'Sources · Waymark'],
    ['/create/runs', 'Runs · Waymark'],
    ['/create/actions', 'Actions · Waymark'],
    ['/notifications', 'Notifications · Waymark'],
    ['/settings', 'Settings · Waymark'],
    ['/help', 'Help · Waymark'],
  ] as const) {
    await page.goto(path);
    await expect(page).toHaveTitle(title);
  }
});

test('nothing of the shell leads to a missing page', async ({ page }) => {
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(links.first()).toBeVisible();
  const addresses = await links.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('href') ?? ''),
  );
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toHaveCount(0);
  }
});

test.describe('missing things', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('an unknown entity offers the nearest names', async ({ page }) => {
    await openComponents(page);
    const key = await listRows(page).first().getAttribute('data-key');
    const name = key?.split('/')[1] ?? '';
    await page.goto(`/catalog/default/component/${name}x`);
    await expect(page.getByRole('heading', { name: `There is no Component called ${name}x` })).toBeVisible();
    const suggestions = page.getByRole('region', { name: 'Did you mean' });
    await expect(suggestions.getByRole('link').first()).toBeVisible();
    await expectAccessible(page);
    await suggestions.getByRole('link').first().click();
    await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
  });

  test('an unknown source leads back to all sources', async ({ page }) => {
    for (const id of ['999999', 'not-a-number']) {
      await page.goto(`/sources/${id}`);
      await expect(page.getByRole('heading', { name: `There is no source ${id}` })).toBeVisible();
    }
    await page.getByRole('link', { name: 'All sources' }).click();
    await expect(page).toHaveURL('/sources');
  });
});

test('the chosen theme survives a reload without a flash', async ({ page }) => {
  await page.goto('/settings');
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.dataset['schemeAtFirst'] =
        document.documentElement.dataset['mantineColorScheme'] ?? '';
    });
  });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-scheme-at-first', 'dark');
});

test('the navigation collapses to icons and stays so', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Collapse the navigation' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Expand the navigation' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Catalog' }).click();
  await expect(page).toHaveURL('/catalog');
});
