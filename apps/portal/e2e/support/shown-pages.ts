import type { Page } from '@playwright/test';
import { expect, expectAccessibleInBothSchemes, listRows, openComponents } from './portal-test.ts';
import { finishedRun } from './template-run.ts';

/** Every page in a state that shows most of it. */
export const shownPages: { name: string; open: (page: Page) => Promise<void> }[] = [
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
    name: 'notifications',
    open: async (page) => {
      await page.goto('/notifications');
      await expect(page.getByRole('navigation', { name: 'Which notifications' })).toBeVisible();
      await expect(
        page.getByRole('main').getByRole('list').or(page.getByText('No notifications')),
      ).toBeVisible();
    },
  },
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
    name: 'create',
    open: async (page) => {
      await page.goto('/create');
      await expect(page.getByRole('list', { name: 'Templates' })).toBeVisible();
    },
  },
  {
    name: 'form of a template',
    open: async (page) => {
      await page.goto('/create/default/journey-service');
      await expect(page.getByRole('heading', { name: 'About the service' })).toBeVisible();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByRole('alert')).toContainText('need a correction');
    },
  },
  {
    name: 'review of a form',
    open: async (page) => {
      const values = encodeURIComponent(
        JSON.stringify({ name: 'reviewed', owner: 'group:default/platform' }),
      );
      await page.goto(`/create/default/journey-service?page=review&formData=${values}`);
      await expect(page.getByRole('region', { name: 'What will happen' })).toContainText('makes nothing');
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
    name: 'run that completed',
    open: async (page) => {
      const id = await finishedRun(page.request, 'greeting', { name: 'Ada', seconds: 0 });
      await page.goto(`/create/runs/${id}`);
      await expect(page.getByRole('log')).toContainText('Run completed');
    },
  },
  {
    name: 'run that failed',
    open: async (page) => {
      const id = await finishedRun(page.request, 'misspelt');
      await page.goto(`/create/runs/${id}`);
      await expect(page.getByRole('log')).toContainText('Run completed');
    },
  },
  {
    name: 'runs',
    open: async (page) => {
      await finishedRun(page.request, 'misspelt');
      await page.goto('/create/runs');
      await expect(listRows(page).first()).toBeVisible();
    },
  },
  {
    name: 'actions',
    open: async (page) => {
      // All of them at once take axe more than a minute.
      await page.goto('/create/actions?q=fetch');
      await expect(page.getByRole('heading', { name: 'fetch:template', exact: true })).toBeVisible();
    },
  },
  {
    name: 'template editor',
    open: async (page) => {
      await page.goto('/create/editor/default/journey-service');
      await expect(page.getByRole('textbox', { name: 'Text of template.yaml' })).toBeVisible();
      await expect(
        page.getByText('Small letters, digits and dashes.', { exact: true }).first(),
      ).toBeAttached();
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
