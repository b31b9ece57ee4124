import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitHttpServer, type GitHttpServer } from '../../api/src/testing/git-http-server.ts';
import { createGitRepository } from '../../api/src/testing/git-repository.ts';
import { expect, expectAccessible, failedRequest, test } from './support/portal-test.ts';

// One server at the one address that the portal may read from.
test.describe.configure({ mode: 'serial' });

const suffix = Date.now().toString(36);
const name = `night-ledger-${suffix}`;
let root: string;
let host: GitHttpServer;

test.beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'waymark-registered-'));
  const port = Number(process.env['WAYMARK_E2E_GIT_HOST']?.split(':')[1]);
  host = await startGitHttpServer({ root, port });
  createGitRepository(join(root, 'ledger.git')).commit({
    'catalog-info.yaml': [
      'apiVersion: backstage.io/v1alpha1',
      'kind: Component',
      `metadata: { name: ${name}, title: Night ledger }`,
      'spec: { type: service, lifecycle: production, owner: ledger }',
      '',
    ].join('\n'),
    'broken/catalog-info.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: "" }\n',
  });
  createGitRepository(join(root, 'empty.git')).commit({ 'README.md': '# A tool without a descriptor\n' });
});

test.afterAll(async () => {
  await host.close();
  await rm(root, { recursive: true, force: true });
});

test('a repository is looked at, registered, read and in the catalog', async ({ page }) => {
  await page.goto('/sources');
  await page.getByRole('link', { name: 'Register a repository' }).click();
  await page.getByRole('textbox', { name: /^Address/ }).fill(host.urlOf('ledger.git'));
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page).toHaveURL(/target=/);
  const entities = page.getByRole('list', { name: 'Entities of this place' });
  await expect(entities.getByRole('listitem').filter({ hasText: 'Night ledger' })).toContainText('New');
  await expect(page.getByRole('heading', { name: /problems? in its files/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page).toHaveURL(/\/sources\/\d+$/);
  await expect(page.getByRole('alert').filter({ hasText: 'was read' })).toBeVisible({ timeout: 30_000 });
  await page.goto(`/catalog/default/component/${name}`);
  await expect(page.getByRole('heading', { name: 'Night ledger', level: 1 })).toBeVisible();
  await page.goto(`/register?target=${encodeURIComponent(host.urlOf('ledger.git'))}`);
  await expect(page.getByRole('heading', { name: 'This is registered already' })).toBeVisible();
});

test('a repository without a descriptor gets one to commit', async ({ page }) => {
  await page.goto(`/register?target=${encodeURIComponent(host.urlOf('empty.git'))}`);
  await expect(page.getByRole('region', { name: 'No descriptor here yet' })).toBeVisible();
  const suggested = page.getByRole('region', { name: /to begin with$/ });
  await expect(suggested).toContainText('kind: Component');
  const download = page.waitForEvent('download');
  await suggested.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('catalog-info.yaml');
});

test('the form keeps the focus and the text, and a failure leaves no older result beside it', async ({
  page,
}) => {
  const target = 'https://git.example.com/acme/empty';
  const nothing = { files: [], entities: [], problems: [], isTruncated: false };
  const answers: object[] = [{ source: { type: 'git', target }, ...nothing }];
  await page.route('**/api/catalog/sources/analyze', async (route) => {
    // What has no answer yet stays under way.
    const json = answers.shift();
    if (json) await route.fulfill({ json });
  });
  await page.goto('/register');
  const address = page.getByRole('textbox', { name: /^Address/ });
  await address.fill(` ${target} `);
  await address.press('Enter');
  const result = page.getByRole('region', { name: 'No descriptor here yet' });
  await expect(result).toBeVisible();
  await expect(address).toBeFocused();
  await address.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(address).toBeFocused();
  await expect(address).toHaveValue(target);
  answers.push({ isNoAnalysis: true });
  const look = page.getByRole('button', { name: 'Look at it' });
  await look.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(look).toBeFocused();
  await expect(result).toHaveCount(0);
});

test('a file that a person registered can be pointed at another address', async ({ page }) => {
  const target = host.urlOf(`${name}-1.yaml`);
  const registered = await page.request.post('/api/catalog/locations', { data: { type: 'url', target } });
  const { location } = (await registered.json()) as { location: { id: string } };
  await page.goto(`/sources/${location.id}`);
  await page.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox')).toHaveCount(1);
  await dialog.getByRole('textbox', { name: 'Address' }).fill(host.urlOf(`${name}-2.yaml`));
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(`${name}-2.yaml`);
  await page.request.delete(`/api/catalog/locations/${location.id}`);
});

test('a source can be paused, gone on with and removed, and removing names what goes', async ({ page }) => {
  await page.goto('/sources?q=ledger.git');
  await page
    .getByRole('table')
    .getByRole('link', { name: /^ledger/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused').first()).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Entities that leave the catalog' })).toContainText(name);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Remove/ }).click();
  await expect(page).toHaveURL(/\/sources(\?|$)/);
});

test.describe('an address that may not be read', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('is refused with the reason and what to do', async ({ page }) => {
    await page.goto(`/register?target=${encodeURIComponent('http://169.254.169.254/latest/meta-data')}`);
    await expect(page.getByRole('alert')).toContainText('may not be read');
    await expectAccessible(page);
  });
});
