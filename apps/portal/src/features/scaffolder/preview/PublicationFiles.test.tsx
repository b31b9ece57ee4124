import { MantineProvider } from '@mantine/core';
import type { PreviewFile, Publication } from '@waymark/contracts';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { PublicationFiles } from './PublicationFiles.tsx';

const file = (path: string, change: PreviewFile['change'], rest: Partial<PreviewFile> = {}): PreviewFile => ({
  ...{ path, change, bytes: 3, isExecutable: false, ...rest },
});

const show = (publication: Partial<Publication> & Pick<Publication, 'files'>) =>
  render(
    <MantineProvider>
      <PublicationFiles
        headingLevel={3}
        publication={{
          ...{ stepId: 'publish', stepName: 'Publish', title: 'acme/docs on github.com' },
          ...{ isExisting: false, moreFiles: 0, ...publication },
        }}
      />
    </MantineProvider>,
  );

test('of a place that exists it is said what becomes of each file, with the lines that change', async () => {
  await show({
    isExisting: true,
    files: [
      file('a.md', 'added', { text: 'new\n' }),
      file('b.md', 'changed', { before: 'one\ntwo\n', text: 'one\nthree\n' }),
      file('c.md', 'unchanged', { text: 'same\n' }),
      file('d.md', 'removed', { before: 'old\n' }),
      file('e.md', 'changed', { text: 'only what it will be\n' }),
    ],
  });
  const heading = page.getByRole('heading', { name: /^acme.docs on github.com/ });
  await expect.element(heading).toMatchTextContent(/1 added, 2 changed, 1 removed, 1 unchanged/);
  const changes = page.getByRole('region', { name: 'Changes of b.md' });
  await expect.element(changes).toMatchTextContent(/two/);
  await expect.element(changes).toMatchTextContent(/three/);
  await expect
    .element(page.getByRole('treeitem', { name: 'b.md, changed' }))
    .toHaveAttribute('aria-selected', 'true');

  await page.getByRole('treeitem', { name: 'd.md, removed' }).click();
  await expect.element(page.getByText('This file is taken away.')).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Content of d.md' })).toMatchTextContent(/old/);
  await page.getByRole('treeitem', { name: 'c.md', exact: true }).click();
  await expect.element(page.getByText('It stays as it is.')).toBeVisible();
  await page.getByRole('treeitem', { name: 'e.md, changed' }).click();
  await expect.element(page.getByText(/cannot be shown beside it/)).toBeVisible();
});

test('a new repository begins with its README, and the keys lead to its other files', async () => {
  await show({
    moreFiles: 1200,
    files: [
      file('Dockerfile', 'added', { text: 'FROM scratch\n' }),
      file('README.md', 'added', { text: '# Docs\n' }),
      file('src/logo.png', 'added', { bytes: 300_000 }),
    ],
  });
  await expect.element(page.getByRole('heading')).toMatchTextContent(/1,203 files/);
  await expect.element(page.getByText(/^Only the first 3 are listed here/)).toBeVisible();
  await expect
    .element(page.getByRole('region', { name: 'Content of README.md' }))
    .toMatchTextContent(/# Docs/);
  await page.getByRole('treeitem', { name: 'README.md' }).click();
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await expect.element(page.getByRole('region', { name: 'Content of Dockerfile' })).toBeVisible();
  await page.getByRole('treeitem', { name: 'logo.png' }).click();
  await expect.element(page.getByText(/^293 KiB, not shown here/)).toBeVisible();
});

test('a change that changes nothing says so', async () => {
  await show({ isExisting: true, files: [] });
  await expect.element(page.getByRole('heading')).toMatchTextContent(/nothing changes/);
});
