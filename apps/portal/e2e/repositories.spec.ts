import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import { createRepository, repositorySchema, type Repository } from '@waymark/contracts';
import { expect, expectAccessibleInBothSchemes, failedRequest, test } from './support/portal-test.ts';

const owner = 'Journeys';

/** Makes a repository and, where there are files, pushes them as one commit a set. */
async function makeRepository(
  request: APIRequestContext,
  name: string,
  ...commits: Record<string, string | Buffer>[]
): Promise<Repository> {
  const answer = await request.post(createRepository.path, {
    data: { owner, name, description: `What ${name} is for` },
  });
  expect(answer.status()).toBe(201);
  const repository = repositorySchema.parse(await answer.json());
  const work = mkdtempSync(join(tmpdir(), 'waymark-push-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', work, ...args], {
      env: {
        PATH: process.env['PATH'],
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Robin Example',
        GIT_AUTHOR_EMAIL: 'robin@example.com',
        GIT_COMMITTER_NAME: 'Robin Example',
        GIT_COMMITTER_EMAIL: 'robin@example.com',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    git('init', '--quiet', '--initial-branch=main');
    for (const [index, files] of commits.entries()) {
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(dirname(join(work, file)), { recursive: true });
        writeFileSync(join(work, file), content);
      }
      git('add', '--all');
      git('commit', '--quiet', '-m', `Change number ${index + 1}`);
    }
    if (commits.length > 0) git('push', '--quiet', repository.cloneUrl, 'HEAD:main', 'HEAD:feature/next');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return repository;
}

test('a repository that was pushed to shows its files and its README', async ({ page, request, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const repository = await makeRepository(
    request,
    'parcels',
    {
      'README.md': '# Parcels\n\nSends <b>things</b>, see [the start](src/deep/main.ts).\n',
      'src/deep/main.ts': 'export const one = 1;\n',
    },
    { 'catalog-info.yaml': 'kind: Component # the one\n', 'logo.bin': Buffer.from([0, 1, 2]) },
  );
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Repositories' }).click();
  await page.getByRole('searchbox', { name: 'Filter by owner, name or description' }).fill('PARCELS');
  await page
    .getByRole('table', { name: 'Repositories' })
    .getByRole('link', { name: 'Journeys/parcels' })
    .click();
  await expect(page).toHaveURL(/\/repositories\/Journeys\/parcels$/);
  await expect(page.getByText('What parcels is for')).toBeVisible();
  const readme = page.getByRole('region', { name: 'README.md' });
  await expect(readme.getByRole('heading', { name: 'Parcels' })).toBeVisible();
  // What looks like HTML is text.
  await expect(readme).toContainText('Sends <b>things</b>, see the start.');
  await expectAccessibleInBothSchemes(page);
  await readme.getByRole('link', { name: 'the start' }).click();
  await expect(page).toHaveURL(/\/blob\/main\/src\/deep\/main\.ts$/);
  await page.goBack();

  // The address of a clone, in a browser.
  await page.goto(repository.cloneUrl);
  await expect(page).toHaveURL(/\/repositories\/Journeys\/parcels$/);

  await page.getByRole('button', { name: 'Copy the clone URL' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(repository.cloneUrl);

  const files = page.getByRole('table', { name: 'Files' });
  await files.getByRole('link', { name: 'src' }).click();
  await expect(page).toHaveURL(/\/tree\/main\/src$/);
  await files.getByRole('link', { name: 'deep' }).click();
  await files.getByRole('link', { name: 'main.ts' }).click();
  await expect(page).toHaveURL(/\/blob\/main\/src\/deep\/main\.ts$/);
  await expect(page.getByRole('region', { name: 'Text of src/deep/main.ts' })).toContainText(
    'export const one',
  );
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('combobox', { name: 'Branch' }).selectOption('feature/next');
  await expect(page).toHaveURL(/\/blob\/feature%2Fnext\/src\/deep\/main\.ts$/);
  await expect(page.getByRole('region', { name: 'Text of src/deep/main.ts' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'parcels' }).click();
  await files.getByRole('link', { name: 'logo.bin' }).click();
  await expect(page.getByRole('heading', { name: 'This file is no text' })).toBeVisible();
});

test('its commits come newest first, and lead to what the repository held then', async ({
  page,
  request,
}) => {
  await makeRepository(
    request,
    'letters',
    { 'README.md': '# Letters\n', 'src/a.ts': '1' },
    { 'new.txt': '1' },
  );
  await page.goto('/repositories/Journeys/letters');
  const files = page.getByRole('table', { name: 'Files' });
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Commits' }).click();
  const commits = page.getByRole('table', { name: 'Commits' });
  await expect(commits.getByRole('row')).toHaveCount(3);
  await expectAccessibleInBothSchemes(page);
  await commits.getByRole('link', { name: 'Change number 1' }).click();
  await expect(page).toHaveURL(/\/tree\/[0-9a-f]{40}$/);
  await expect(files.getByRole('link')).toHaveText(['src', 'README.md']);
});

test('a new repository says how to push to it', async ({ page, request }) => {
  const { cloneUrl } = await makeRepository(request, 'fresh');
  await page.goto('/repositories/journeys/FRESH');
  await expect(page.getByRole('heading', { name: 'Journeys/fresh', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing was pushed yet' })).toBeVisible();
  await expect(page.getByText(`git remote add origin ${cloneUrl}`)).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Commits' }).click();
  await expect(page.getByRole('heading', { name: 'No commits yet' })).toBeVisible();
});

test('the list is empty where nothing matches, and comes back', async ({ page, request }) => {
  await makeRepository(request, 'listed');
  await page.goto('/repositories?q=nothing-has-this-name');
  await expect(page.getByRole('heading', { name: 'No repository matches' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('link', { name: 'Journeys/listed' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test('the list says so where there is none', async ({ page }) => {
  await page.route(/\/api\/repositories(\?|$)/, (route) => route.fulfill({ json: { items: [] } }));
  await page.goto('/repositories');
  await expect(page.getByRole('heading', { name: 'No repositories yet' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test.describe('what is not there', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('is told, with a way on', async ({ page, request }) => {
    await page.goto('/repositories/Journeys/nothing');
    await expect(
      page.getByRole('heading', { name: 'There is no repository Journeys/nothing' }),
    ).toBeVisible();
    await expectAccessibleInBothSchemes(page);
    await page.getByRole('link', { name: 'All repositories' }).click();
    await expect(page.getByRole('heading', { name: 'Repositories', level: 1 })).toBeVisible();
    await makeRepository(request, 'partial', { 'a.txt': '1' });
    await page.goto('/repositories/Journeys/partial/blob/main/missing.txt');
    await expect(page.getByRole('heading', { name: 'There is no missing.txt on main' })).toBeVisible();
    await page.goto('/repositories/Journeys/partial/tree/gone');
    await expect(page.getByRole('heading', { name: 'There is no gone' })).toBeVisible();
    await page.getByRole('link', { name: 'Open main' }).click();
    await expect(page.getByRole('table', { name: 'Files' })).toContainText('a.txt');
  });

  test('the list tells a failure, and tries again', async ({ page, request }) => {
    await makeRepository(request, 'retried');
    await page.route(/\/api\/repositories(\?|$)/, (route) => route.abort());
    await page.goto('/repositories');
    await expect(page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible();
    await page.unroute(/\/api\/repositories(\?|$)/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('link', { name: 'Journeys/retried' })).toBeVisible();
  });
});
