import type { Page } from '@playwright/test';
import { expect, expectAccessibleInBothSchemes, test } from './support/portal-test.ts';

/** Opens the API tab of an entity of the demo organisation. */
async function openApi(page: Page, name: string): Promise<void> {
  await page.goto(`/catalog/default/api/${name}`);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'API' }).click();
  await expect(page).toHaveURL(/tab=api/);
}

test('an OpenAPI definition is read: operations, what they take and what comes back', async ({ page }) => {
  await openApi(page, 'payments-api');
  const reference = page.getByRole('region', { name: /^Reference of/ });
  await expect(reference).toContainText('Start a payment');
  await reference
    .getByRole('button', { name: /Start a payment/ })
    .first()
    .click();
  await expect(reference).toContainText('creditorIban');
  await expect(reference.getByRole('button', { name: 'Try it out' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Providers' })).toContainText('Payment gateway');
  await expect(page.getByRole('region', { name: 'Consumers' }).getByRole('link').first()).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test('an AsyncAPI definition is read', async ({ page }) => {
  await openApi(page, 'payment-events');
  const reference = page.getByRole('region', { name: /^Reference of/ });
  await expect(reference).toContainText('payments.payment-settled.v1');
  await expectAccessibleInBothSchemes(page);
});

test('a GraphQL schema is searched, and its types lead to each other', async ({ page }) => {
  await openApi(page, 'banking-graph');
  const schema = page.getByRole('region', { name: 'GraphQL schema' });
  const query = schema.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Query' }) });
  await expect(query).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  const link = query.getByRole('link').first();
  const name = await link.innerText();
  await schema.getByRole('searchbox').fill('Query');
  await link.click();
  await expect(schema.getByRole('searchbox')).toHaveValue('');
  await expect(page).toHaveURL(new RegExp(`#definition-${name}$`));
  await expect(schema.getByRole('heading', { name, exact: true })).toBeInViewport();
});

test('a proto file is read as services and messages', async ({ page }) => {
  await openApi(page, 'fraud-scoring-api');
  const file = page.getByRole('region', { name: /^Package/ });
  await expect(file.getByText('service', { exact: true }).first()).toBeVisible();
  await expect(file.getByRole('article').nth(1)).toContainText('= 1');
  await expectAccessibleInBothSchemes(page);
});

test('the text can be read and saved as a file', async ({ page }) => {
  await openApi(page, 'payments-api');
  await page.getByRole('radiogroup', { name: 'What is shown of the definition' }).getByText('Text').click();
  await expect(page).toHaveURL(/view=text/);
  await expect(page.getByRole('region', { name: /^Definition of/ })).toContainText('openapi: 3.1.0');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download payments-api.yaml' }).click();
  expect((await saving).suggestedFilename()).toBe('payments-api.yaml');
});

test('a definition that nobody has changed yet says so', async ({ page }) => {
  await page.goto('/catalog/default/api/payment-events?tab=api&view=changes');
  await expect(page.getByRole('heading', { name: 'Only one version so far' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test('of the past there is the text of then, and nothing of now', async ({ page }) => {
  await page.goto(`/catalog/default/api/payments-api?tab=api&asOf=${new Date().toISOString()}`);
  await expect(page.getByRole('status').filter({ hasText: 'As of' })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Definition of/ })).toContainText('openapi: 3.1.0');
  await expect(page.getByText('are for now only')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download payments-api.yaml' })).toBeVisible();
  await expect(page.getByRole('radiogroup', { name: 'What is shown of the definition' })).toHaveCount(0);
  await expectAccessibleInBothSchemes(page);
});

test('changes are listed with what they mean, breaking ones first, beside the texts', async ({ page }) => {
  // The demo organisation is read once: what a second read would bring stands in here.
  await page.route('**/definition/changes', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { to: { text: string } };
    const from = {
      id: '1',
      at: '2026-10-01T00:00:00Z',
      revision: 'a'.repeat(40),
      text: `${answer.to.text}# old\n`,
    };
    const changes = [
      { level: 'breaking', path: 'GET /payments', message: 'The operation is gone.' },
      { level: 'unclear', path: 'servers', message: 'The server is gone.' },
      { level: 'compatible', path: 'GET /orders', message: 'The operation is new.' },
    ];
    await route.fulfill({ response, json: { ...answer, from, changes } });
  });
  await page.goto('/catalog/default/api/payments-api?tab=api&view=changes');
  const changes = page.getByRole('list', { name: 'Changes of the definition' }).getByRole('listitem');
  await expect(changes).toHaveText([/^Breaking.*is gone/, /^Look at it/, /^Compatible.*is new/]);
  await expect(page.getByText('1 breaking change: consumers have to act.')).toBeVisible();
  const difference = page.getByRole('region', { name: 'Differences by line' });
  await expect(difference).toContainText('# old');
  await expectAccessibleInBothSchemes(page);
  await page.getByText('Split').click();
  await expect(difference).toContainText('# old');
});

test('a definition that cannot be read is shown as text, with what is wrong', async ({ page }) => {
  await page.route('**/definition', async (route) => {
    const response = await route.fetch();
    const { text } = (await response.json()) as { text: string };
    const problems = [{ message: 'The closing "]" is missing.', line: 12 }];
    await route.fulfill({ response, json: { format: 'openapi', text, problems } });
  });
  await openApi(page, 'payments-api');
  await expect(page.getByRole('region', { name: /^Problems of the definition/ })).toContainText('Line 12');
  await expect(page.getByRole('region', { name: /^Definition of/ })).toContainText('openapi: 3.1.0');
  await expectAccessibleInBothSchemes(page);
});

test('a hostile definition runs nothing and loads nothing', async ({ page }) => {
  const evil =
    '<img src=x onerror="document.title=1"> ![p](http://example.com/p.png) [l](javascript:document.title=2)';
  const safe = evil.replaceAll('<', '&lt;').replaceAll('![', '[');
  await page.route('**/definition', async (route) => {
    const response = await route.fetch();
    const model = {
      openapi: '3.1.0',
      info: { title: evil, version: '1' },
      tags: [{ name: 'a', description: safe }],
      paths: { '/a': { get: { tags: ['a'], summary: evil, description: safe, responses: {} } } },
    };
    await route.fulfill({ response, json: { format: 'openapi', text: evil, model, problems: [] } });
  });
  await openApi(page, 'payments-api');
  const reference = page.getByRole('region', { name: /^Reference of/ });
  await reference.getByRole('button', { name: /^GET/ }).first().click();
  await expect(reference).toContainText('onerror');
  await expect(reference.locator('img, a[href^="javascript"]')).toHaveCount(0);
});

test('an MCP server shows where it answers', async ({ page }) => {
  await openApi(page, 'platform-tools');
  await expect(page.getByRole('region', { name: /^Remotes/ })).toContainText(
    'https://tools.ferrowick.example.com/mcp',
  );
  await expectAccessibleInBothSchemes(page);
});
