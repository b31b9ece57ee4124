import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listSourceProblems } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiYaml } from '../../testing/api-yaml.ts';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startFakeGitHosts, type FakeGitHosts } from '../../testing/fake-git-hosts.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { makeSourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
const GITHUB = 'https://github.com/acme/shop/blob/main';

let home: string;
let hosts: FakeGitHosts;
let harness: CatalogHarness;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  hosts = await startFakeGitHosts({});
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: {
      integrations: { github: [{ host: 'github.com', apiBaseUrl: hosts.githubApi }], gitlab: [] },
      backend: { reading: { allow: [{ host: hosts.host, paths: ['/files/'] }] } },
    },
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await hosts[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
beforeEach(() => {
  for (const name of Object.keys(hosts.repositories)) delete hosts.repositories[name];
  hosts.requests.length = 0;
});
afterEach(async () => {
  await harness.declare([]);
});

async function definition(): Promise<unknown> {
  return (await harness.entity('api', 'pay'))?.spec?.['definition'];
}

async function errorsOf(id: string) {
  const { items } = await harness.api.call(listSourceProblems, { params: { id }, query: {} });
  return items.filter(({ level }) => level === 'error');
}

describe('a placeholder in a Git repository', () => {
  it.each([
    ['./openapi.yaml', 'apis/openapi.yaml'],
    ['../openapi.yaml', 'openapi.yaml'],
    ['/openapi.yaml', 'openapi.yaml'],
  ])('%s is filled in, and follows its file', async (target, file) => {
    const repository = createGitRepository(path.join(home, `${crypto.randomUUID()}.git`));
    repository.commit({ 'apis/catalog-info.yaml': apiYaml('pay', target), [file]: 'openapi: 3.0.0' });
    const [id = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);
    expect((await harness.read(id)).counts).toMatchObject({ errors: 0, warnings: 0 });
    expect(await definition()).toBe('openapi: 3.0.0');
    repository.commit({ 'apis/catalog-info.yaml': apiYaml('pay', target), [file]: 'openapi: 3.1.0' });
    expect((await harness.read(id)).counts).toMatchObject({ changed: 1 });
    expect(await definition()).toBe('openapi: 3.1.0');
    repository.commit({ 'apis/catalog-info.yaml': apiYaml('pay', target) });
    await harness.read(id);
    expect(await definition()).toBe('openapi: 3.1.0');
    expect(await errorsOf(id)).toMatchObject([
      {
        code: 'entity.bad-placeholder',
        line: 9,
        entityRef: 'api:default/pay',
        hint: expect.stringMatching(/\w/),
      },
    ]);
  });
});

describe('a placeholder in a file by URL', () => {
  it('is filled in from the repository, costs conditional requests, and follows its file', async () => {
    hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': apiYaml('pay', './openapi.yaml'),
      'openapi.yaml': 'one',
    };
    const target = `${GITHUB}/catalog-info.yaml`;
    const [id = ''] = await harness.declare([{ type: 'url', target, origin: 'config' }]);
    await harness.read(id);
    expect(await definition()).toBe('one');
    expect((await harness.read(id)).counts).toMatchObject({ changed: 0 });
    hosts.repositories['acme/shop']['openapi.yaml'] = 'two';
    expect((await harness.read(id)).counts).toMatchObject({ changed: 1 });
    expect(await definition()).toBe('two');
  });

  it.each([
    ['file:///etc/passwd'],
    ['gopher://127.0.0.1/'],
    ['data:text/plain,hello'],
    ['https://evil.example/a'],
    ['http://169.254.169.254/latest/meta-data'],
    ['../../../../../evil/repo/blob/main/x'],
    ['..%2f..%2fx'],
    ['./missing.yaml'],
  ])('%s is an error of its line; the last good entity stays', async (placeholder) => {
    hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': apiYaml('pay', './good.yaml'),
      'good.yaml': 'good',
    };
    const target = `${GITHUB}/catalog-info.yaml`;
    const [id = ''] = await harness.declare([{ type: 'url', target, origin: 'config' }]);
    await harness.read(id);
    hosts.repositories['acme/shop']['catalog-info.yaml'] = apiYaml('pay', placeholder);
    await harness.read(id);
    expect(await definition()).toBe('good');
    expect(await errorsOf(id)).toMatchObject([{ code: 'entity.bad-placeholder', line: 9 }]);
  });

  it('takes a file of 1 MB and refuses a larger one', async () => {
    const limit = 1024 * 1024;
    hosts.repositories['acme/shop'] = { 'a.yaml': apiYaml('pay', './big.txt'), 'big.txt': 'x'.repeat(limit) };
    const [id = ''] = await harness.declare([{ type: 'url', target: `${GITHUB}/a.yaml`, origin: 'config' }]);
    await harness.read(id);
    expect(await definition()).toHaveLength(limit);
    hosts.repositories['acme/shop']['big.txt'] += 'x';
    await harness.read(id);
    expect((await errorsOf(id))[0]?.message).toMatch(/1,048,577 bytes/);
  });
});

describe('a placeholder in a folder of the server', () => {
  it.each(['./openapi.txt', '/etc/passwd', '../x', 'file:///etc/passwd'])('%s is refused', async (target) => {
    await using folder = await makeSourceFolder();
    await folder.write('openapi.txt', 'secret');
    await folder.write('api.yaml', apiYaml('pay', target));
    const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
    await harness.read(id);
    expect(await definition()).toBeUndefined();
    expect(await errorsOf(id)).toMatchObject([{ path: 'api.yaml', line: 9, code: 'entity.bad-placeholder' }]);
  });

  it('may name a URL, whose changes it follows', async () => {
    await using folder = await makeSourceFolder();
    hosts.repositories['plain/files'] = { 'a.txt': 'one' };
    await folder.write('api.yaml', apiYaml('pay', `http://${hosts.host}/files/a.txt`));
    const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
    await harness.read(id);
    expect(await definition()).toBe('one');
    hosts.repositories['plain/files'] = { 'a.txt': 'two' };
    await harness.read(id);
    expect(await definition()).toBe('two');
  });
});

describe('a file with more placeholders than are followed', () => {
  it('says so, and is not read again while nothing changes', async () => {
    const repository = createGitRepository(path.join(home, 'many.git'));
    const names = Array.from({ length: 102 }, (_, index) => `text-${index}.txt`);
    const files = {
      'catalog-info.yaml': [
        ...['apiVersion: backstage.io/v1alpha1', 'kind: API', 'metadata: { name: many }', 'spec:'],
        ...['  type: text', '  lifecycle: production', '  owner: team-a', '  definition: here'],
        ...names.map((name, index) => `  note${index}: { $text: ./${name} }`),
        '',
      ].join('\n'),
      ...Object.fromEntries(names.map((name) => [name, `${name}\n`])),
    };
    repository.commit(files);
    const [id = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);
    await harness.read(id);
    expect((await errorsOf(id)).map(({ message }) => message).join()).toContain('more than 100 others');
    const version = async () =>
      (await harness.database.pool.query<{ version: string }>('SELECT version FROM catalog_state')).rows;
    const before = await version();
    repository.commit({ ...files, 'README.md': 'Another commit.\n' });
    await harness.read(id);
    expect(await version()).toEqual(before);
  });
});
