import { createApiClient, type ApiClient } from '@waymark/api-client';
import {
  createRepository,
  getFile,
  getRepository,
  getTree,
  listBranches,
  listCommits,
  listRepositories,
  maxShownFileBytes,
} from '@waymark/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkout } from '../../testing/git-client.ts';
import { useHostedRepositories } from '../../testing/hosted-repositories.ts';

const given = useHostedRepositories();
let api: ApiClient;
let checkout: Checkout;
let params: { owner: string; name: string };
let first: string;
let second: string;

beforeAll(async () => {
  api = createApiClient({ baseUrl: given.server.url, fetch });
  const made = await given.createWithCheckout();
  checkout = made.checkout;
  params = { owner: 'acme', name: made.repository.name };
  first = await checkout.commit(
    {
      'README.md': '# Payments\n',
      'src/deep/a.ts': 'export {};\n',
      'src/ä ö.txt': 'text',
      'logo.bin': Buffer.from([1, 0, 2]),
      'latin.txt': Buffer.from([0xe4, 0xf6]),
      'large.txt': 'x'.repeat(maxShownFileBytes + 1),
      '-option': 'dash',
    },
    'First\n\nwith a body',
  );
  await checkout.ok(['tag', 'v1']);
  second = await checkout.commit({ 'README.md': '# Payments 2\n' }, 'Second');
  await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main', 'HEAD:feature/x', 'v1']);
});

const names = async (query: Parameters<typeof tree>[0]) => (await tree(query)).items.map(({ name }) => name);
const tree = (query: { ref?: string; path?: string; limit?: number; cursor?: string }) =>
  api.call(getTree, { params, query });
const file = (path: string, ref?: string) =>
  api.call(getFile, { params, query: { path, ...(ref === undefined ? {} : { ref }) } });

describe('a repository', () => {
  it('is shown with its addresses', async () => {
    expect(await api.call(getRepository, { params })).toMatchObject({
      ...{ owner: 'Acme', name: params.name, defaultBranch: 'main', description: '', isArchived: false },
      cloneUrl: expect.stringMatching(/\/git\/Acme\/repository-1\.git$/),
      webUrl: expect.stringMatching(/\/repositories\/Acme\/repository-1$/),
      createdBy: 'user:default/guest',
    });
  });

  it('that is not there is not found', async () => {
    for (const name of ['missing', '..', 'con', '%00']) {
      await expect(api.call(getRepository, { params: { owner: 'acme', name } })).rejects.toMatchObject({
        code: expect.stringMatching(/repository\.not-found|route\.not-found|request\.invalid/),
      });
    }
  });

  it('is made once a name', async () => {
    const body = { owner: 'Acme', name: params.name.toUpperCase() };
    await expect(api.call(createRepository, { body })).rejects.toMatchObject({ code: 'repository.exists' });
    await expect(api.call(createRepository, { body: { owner: 'Acme', name: '../x' } })).rejects.toMatchObject(
      {
        code: 'repository.name-invalid',
      },
    );
  });
});

describe('the list', () => {
  it('comes page by page, and by a part of the name or description', async () => {
    await api.call(createRepository, {
      body: { owner: 'beta', name: 'one', description: 'Pays 100% of_it' },
    });
    await api.call(createRepository, { body: { owner: 'Beta', name: 'Two' } });
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.call(listRepositories, { query: { limit: 1, ...(cursor ? { cursor } : {}) } });
      all.push(...page.items.map(({ owner, name }) => `${owner}/${name}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(all).toEqual(['Acme/repository-1', 'beta/one', 'Beta/Two']);
    for (const [q, expected] of [
      ['TA/o', ['one']],
      ['100%', ['one']],
      ['of_', ['one']],
      ['%', ['one']],
      ['nothing', []],
    ] as const) {
      const { items } = await api.call(listRepositories, { query: { q } });
      expect(items.map(({ name }) => name)).toEqual(expected);
    }
  });

  it.each(['x', 'W10', 'WyJhIl0', 'bnVsbA'])('refuses the cursor %s', async (cursor) => {
    await expect(api.call(listRepositories, { query: { cursor } })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });
});

describe('a folder', () => {
  it('lists folders first, on the default branch, a branch, a tag and a commit', async () => {
    const root = ['src', '-option', 'README.md', 'large.txt', 'latin.txt', 'logo.bin'];
    for (const ref of ['main', 'feature/x', 'v1', first, first.slice(0, 8), 'HEAD']) {
      expect(await names({ ref })).toEqual(root);
    }
    expect(await tree({ path: 'src' })).toMatchObject({
      ...{ ref: 'main', commit: second, path: 'src' },
      items: [
        { name: 'deep', path: 'src/deep', kind: 'folder' },
        { name: 'ä ö.txt', path: 'src/ä ö.txt', kind: 'file', bytes: 4 },
      ],
    });
  });

  it('comes page by page', async () => {
    const { items, nextCursor } = await tree({ limit: 2 });
    expect(items.map(({ name }) => name)).toEqual(['src', '-option']);
    expect(await names({ limit: 2, cursor: nextCursor ?? '' })).toEqual(['README.md', 'large.txt']);
  });

  it('of a repository without a commit is empty', async () => {
    const { name } = await given.create();
    const query = {};
    expect(await api.call(getTree, { params: { owner: 'acme', name }, query })).toEqual({
      ...{ ref: 'main', path: '', items: [] },
    });
    const commits = await api.call(listCommits, { params: { owner: 'acme', name }, query });
    expect(commits).toEqual({ ref: 'main', items: [] });
    const branches = await api.call(listBranches, { params: { owner: 'acme', name }, query });
    expect(branches).toEqual({ items: [] });
  });

  it.each([
    '--output=/tmp/x',
    '-x',
    'main:README.md',
    'main^{tree}',
    'main~1',
    'main@{1}',
    ':/First',
    '..',
    'a..b',
    'refs/heads/main',
    'nothing',
    'deadbeef',
    'main\nv1',
  ])('has no ref %j', async (ref) => {
    await expect(tree({ ref })).rejects.toMatchObject({ code: 'repository.ref-not-found' });
  });

  it.each([
    '..',
    '../x',
    'src/..',
    'src//deep',
    '/src',
    'src/',
    './src',
    'README.md',
    'missing',
    '*',
    ':(glob)*',
    'a\nb',
  ])('has no folder %j', async (path) => {
    await expect(tree({ path })).rejects.toMatchObject({ code: 'repository.path-not-found' });
  });
});

describe('a file', () => {
  it('is text, or says why it is not shown', async () => {
    expect(await file('README.md')).toMatchObject({
      ...{ ref: 'main', commit: second, path: 'README.md', bytes: 13 },
      content: { kind: 'text', text: '# Payments 2\n' },
    });
    expect((await file('README.md', 'v1')).content).toEqual({ kind: 'text', text: '# Payments\n' });
    expect((await file('-option')).content).toEqual({ kind: 'text', text: 'dash' });
    expect((await file('src/ä ö.txt')).content).toEqual({ kind: 'text', text: 'text' });
    expect((await file('logo.bin')).content).toEqual({ kind: 'binary' });
    expect((await file('latin.txt')).content).toEqual({ kind: 'binary' });
    expect((await file('large.txt')).content).toEqual({ kind: 'too-large', maxBytes: maxShownFileBytes });
  });

  it.each(['src', 'missing', '../README.md', '.git/config', 'README.md/x'])('is not at %j', async (path) => {
    await expect(file(path)).rejects.toMatchObject({ code: 'repository.path-not-found' });
  });
});

describe('commits', () => {
  it('come newest first, page by page from where the first page began, and by path', async () => {
    const page = await api.call(listCommits, { params, query: { limit: 1 } });
    expect(page.items).toMatchObject([
      { id: second, subject: 'Second', authorName: 'Ada Example', authorEmail: 'ada@example.com' },
    ]);
    await checkout.commit({ 'new.txt': '1' }, 'Third');
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const next = await api.call(listCommits, { params, query: { limit: 1, cursor: page.nextCursor ?? '' } });
    expect(next.items).toMatchObject([{ id: first, subject: 'First' }]);
    expect(next.nextCursor).toBeUndefined();
    const ofPath = await api.call(listCommits, { params, query: { path: 'src' } });
    expect(ofPath.items.map(({ id }) => id)).toEqual([first]);
  });
});

describe('branches', () => {
  it('are listed by name with the default one marked', async () => {
    const { items } = await api.call(listBranches, { params, query: {} });
    expect(items.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['feature/x', false],
      ['main', true],
    ]);
    const { nextCursor } = await api.call(listBranches, { params, query: { limit: 1 } });
    const rest = await api.call(listBranches, { params, query: { cursor: nextCursor ?? '' } });
    expect(rest.items.map(({ name }) => name)).toEqual(['main']);
  });
});
