import type { Page } from '@playwright/test';
import { expect, listRows, openComponents, test } from './support/portal-test.ts';

/** Opens the first component of the catalog and gives its title. */
async function openFirstComponent(page: Page): Promise<string> {
  await openComponents(page);
  const link = listRows(page).first().getByRole('link').first();
  const title = await link.innerText();
  await link.click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  return title;
}

test('sections of an entity have addresses, survive a reload and go back', async ({ page }) => {
  await openFirstComponent(page);
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('link', { name: /^Dependencies/ }).click();
  await expect(page).toHaveURL(/tab=dependencies/);
  await sections.getByRole('link', { name: 'Source' }).click();
  await expect(page.getByRole('region', { name: /^Descriptor of/ })).toContainText('kind: Component');
  await page.reload();
  await expect(page.getByRole('region', { name: /^Descriptor of/ })).toContainText('apiVersion');
  await page.goBack();
  await expect(sections.getByRole('link', { name: /^Dependencies/ })).toHaveAttribute('aria-current', 'page');
});

test('a relation leads to the other side, which leads back', async ({ page }) => {
  const title = await openFirstComponent(page);
  const name = page.url().split('/').at(-1) ?? '';
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Dependencies/ })
    .click();
  await page.getByRole('radiogroup', { name: 'View' }).getByText('All relations').click();
  await page.getByRole('region', { name: 'Part of' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toHaveCount(0);
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Dependencies/ })
    .click();
  await page.getByRole('radiogroup', { name: 'View' }).getByText('All relations').click();
  const filter = page.getByRole('searchbox', { name: 'Filter the relations by name' });
  if (await filter.isVisible()) await filter.fill(name);
  await expect(
    page.getByRole('region', { name: 'Parts' }).getByRole('link', { name: title, exact: true }),
  ).toBeVisible();
});

test('a group shows its members and what it owns, as many as the catalog counts', async ({ page }) => {
  await page.goto('/catalog');
  const owner = page
    .getByRole('group', { name: /^Owner/ })
    .locator('label')
    .first();
  const ref = (await owner.getAttribute('title')) ?? '';
  const count = (await owner.innerText()).split('\n')[1] ?? '';
  await page.goto(`/catalog/default/group/${ref.split('/')[1]}`);
  const owned = page.getByRole('region', { name: 'Owns' });
  await expect(owned.locator('header')).toContainText(count);
  await owned.getByRole('link', { name: 'Show in the catalog' }).click();
  await expect(page.locator('footer [role="status"]')).toContainText(count);
});

test('the reference is copied with one click', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openComponents(page);
  const ref = await listRows(page).first().getAttribute('data-key');
  await listRows(page).first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Copy reference' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ref);
});

test('a link that could run a script is only text', async ({ page }) => {
  await page.route('**/api/catalog/entities/by-name/**', async (route) => {
    if (route.request().url().endsWith('/origin')) return route.fallback();
    const response = await route.fetch();
    const entity = (await response.json()) as { metadata: Record<string, unknown> };
    entity.metadata['links'] = [
      { url: 'javascript:document.title="taken"', title: 'Evil' },
      { url: 'https://example.com/fine', title: 'Fine' },
    ];
    await route.fulfill({ response, json: entity });
  });
  await openFirstComponent(page);
  const links = page.getByRole('region', { name: 'Links' });
  await expect(links.getByRole('link')).toHaveCount(1);
  await expect(links.getByRole('link')).toHaveAttribute('href', 'https://example.com/fine');
  await expect(links.getByRole('link')).toHaveAttribute('rel', /noopener/);
  await expect(links).toContainText('javascript:document.title');
});

test('a target that the catalog does not have is marked as missing', async ({ page }) => {
  await page.route('**/api/catalog/entities/by-refs*', async (route) => {
    const { entityRefs } = route.request().postDataJSON() as { entityRefs: string[] };
    await route.fulfill({ json: { items: entityRefs.map(() => null) } });
  });
  await openFirstComponent(page);
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Dependencies/ })
    .click();
  await page.getByRole('radiogroup', { name: 'View' }).getByText('All relations').click();
  await expect(page.getByRole('main').getByText('Not in the catalog').first()).toBeVisible();
});
