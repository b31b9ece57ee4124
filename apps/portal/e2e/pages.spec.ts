import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  expectAccessibleInBothSchemes,
  failedRequest,
  listRows,
  openComponents,
  test,
} from './support/portal-test.ts';

const screens = [
  { name: 'wide', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
] as const;

const pages: { name: string; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'home',
    open: async (page) => {
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Kinds' }).getByRole('link').first()).toBeVisible();
    },
  },
  {
    name: 'catalog',
    open: async (page) => {
      await page.goto('/catalog');
      await expect(listRows(page).first()).toBeVisible();
    },
  },
  { name: 'components', open: openComponents },
  {
    name: 'entity, every tab',
    open: async (page) => {
      await openEntity(page, 'api');
      for (const tab of ['Dependencies', 'API', 'History', 'Source']) {
        await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: tab }).click();
        await expect(page.getByRole('region').first()).toBeVisible();
        await expectAccessibleInBothSchemes(page);
      }
      await page
        .getByRole('navigation', { name: 'Sections' })
        .getByRole('link', { name: 'Overview' })
        .click();
      await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
    },
  },
  { name: 'system', open: (page) => openEntity(page, 'system') },
  { name: 'group', open: (page) => openEntity(page, 'group') },
  { name: 'user', open: (page) => openEntity(page, 'user') },
  {
    name: 'teams',
    open: async (page) => {
      await page.goto('/teams');
      await expect(page.getByRole('table', { name: 'Teams' }).getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'ownership',
    open: async (page) => {
      await page.goto('/ownership');
      await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('spec.owner');
    },
  },
  {
    name: 'ownership without findings',
    open: async (page) => {
      await page.goto('/ownership?check=stale');
      await expect(page.getByRole('heading', { name: 'Nothing to do here' })).toBeVisible();
    },
  },
  {
    name: 'register',
    open: async (page) => {
      await page.goto('/register');
      await page.getByRole('button', { name: 'Another branch or path' }).click();
      await page.getByRole('textbox', { name: /^Address/ }).fill('git@github.com:acme/payments.git');
      await page.getByRole('button', { name: 'Look at it' }).click();
      await expect(page.getByText('try https://github.com/acme/payments')).toBeVisible();
    },
  },
  {
    name: 'graph without a start',
    open: async (page) => {
      await page.goto('/graph');
      await expect(page.getByRole('heading', { name: 'Systems' })).toBeVisible();
    },
  },
  {
    name: 'graph',
    open: async (page) => {
      await page.goto('/graph');
      await page.getByRole('region', { name: 'Systems' }).getByRole('link').first().click();
      await expect(page.locator('[data-entity-box]').first()).toBeVisible();
    },
  },
  {
    name: 'impact',
    open: async (page) => {
      await page.goto('/graph');
      await page.getByRole('region', { name: 'Systems' }).getByRole('link').first().click();
      await page.getByRole('radiogroup', { name: 'View' }).getByText('Impact').click();
      await expect(page.getByRole('heading', { name: 'Who to tell' })).toBeVisible();
    },
  },
  {
    name: 'search',
    open: async (page) => {
      await page.goto('/search?q=payment');
      await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'search without a term',
    open: async (page) => {
      await page.goto('/search');
      await expect(page.getByRole('searchbox', { name: 'Search the catalog' })).toBeVisible();
    },
  },
  {
    name: 'why',
    open: async (page) => {
      await page.goto('/why?ref=component:default/no-such-thing');
      await expect(page.getByRole('heading', { name: 'It is not in the catalog' })).toBeVisible();
    },
  },
  {
    name: 'sources',
    open: async (page) => {
      await page.goto('/sources');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'source',
    open: async (page) => {
      await page.goto('/sources');
      await page.getByRole('table').getByRole('link').first().click();
      await expect(page.getByRole('heading', { name: 'Last read' })).toBeVisible();
    },
  },
  {
    name: 'settings',
    open: async (page) => {
      await page.goto('/settings');
      await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
    },
  },
  {
    name: 'help',
    open: async (page) => {
      await page.goto('/help');
      await expect(page.getByRole('heading', { name: 'What is where' })).toBeVisible();
    },
  },
  {
    name: 'no such page',
    open: async (page) => {
      await page.goto('/nowhere/at/all');
      await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
    },
  },
];

async function openEntity(page: Page, kind: string): Promise<void> {
  await page.goto(`/catalog?kind=${kind}`);
  await listRows(page).first().getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
}

for (const { name: screen, viewport } of screens) {
  test.describe(screen, () => {
    test.use({ viewport });
    for (const { name, open } of pages) {
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
