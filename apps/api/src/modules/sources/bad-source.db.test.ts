import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityOrigin, listSourceConflicts, listSourceProblems, queryEntities } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startGitHttpServer } from '../../testing/git-http-server.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { useTemporaryFolder } from '../../testing/temporary-folder.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

const database = useTestDatabase();
const folder = useTemporaryFolder();
let home: string;
let harness: CatalogHarness;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
afterEach(() => harness.declare([]));

async function names(): Promise<(string | undefined)[]> {
  const { items } = await harness.api.call(queryEntities, { query: { limit: 1000 } });
  return items.map((entity) => entity.metadata?.name).sort();
}

async function problemsOf(id: string) {
  return (await harness.api.call(listSourceProblems, { params: { id }, query: {} })).items;
}

function folderSource(relativePath: string): SourceDeclaration {
  return { type: 'file', target: folder.at(relativePath), origin: 'config' };
}

describe('two sources that claim one ref', () => {
  it('leave it with the first, and both are shown to whoever looks at either', async () => {
    folder.write('a/catalog.yaml', componentYaml('shared', ['system: from-a']));
    folder.write(
      'b/catalog.yaml',
      `${componentYaml('own')}---\n${componentYaml('shared', ['system: from-b'])}`,
    );
    const [a = '', b = ''] = await harness.declare([folderSource('a'), folderSource('b')]);
    await harness.read(a);
    const second = await harness.read(b);
    expect(second).toMatchObject({ state: 'ready', counts: { entities: 1, conflicts: 1 } });
    expect((await harness.entity('component', 'shared'))?.spec).toMatchObject({ system: 'from-a' });
    const { items } = await harness.api.call(listSourceConflicts, { params: { id: b }, query: {} });
    expect(items).toEqual([
      {
        entityRef: 'component:default/shared',
        path: 'catalog.yaml',
        line: 10,
        holder: { sourceId: a, sourceTarget: folder.at('a'), path: 'catalog.yaml', line: 1 },
      },
    ]);
    const params = { kind: 'component', namespace: 'default', name: 'shared' };
    const origin = await harness.api.call(getEntityOrigin, { params });
    expect(origin).toMatchObject({ sourceId: a, rivals: [{ sourceId: b, path: 'catalog.yaml', line: 10 }] });
  });

  it('keep it where it is when both change, and when both are read again', async () => {
    folder.write('a/catalog.yaml', componentYaml('shared'));
    folder.write('b/catalog.yaml', componentYaml('shared'));
    const [a = '', b = ''] = await harness.declare([folderSource('a'), folderSource('b')]);
    await harness.read(a);
    await harness.read(b);
    const uid = (await harness.entity('component', 'shared'))?.metadata.uid;
    folder.write('b/catalog.yaml', componentYaml('shared', ['system: changed']));
    await harness.read(b);
    folder.write('a/catalog.yaml', componentYaml('shared', ['system: kept']));
    await harness.read(a);
    expect(await harness.entity('component', 'shared')).toMatchObject({
      metadata: { uid },
      spec: { system: 'kept' },
    });
  });
});

describe('a Git source', () => {
  it('that asks for a password fails with a hint, keeps what it had, and disturbs no other source', async () => {
    const repository = createGitRepository(folder.at('repositories/org.git'));
    repository.commit({ 'catalog-info.yaml': componentYaml('kept') });
    const options: { root: string; credentials?: string } = { root: folder.at('repositories') };
    const server = await startGitHttpServer(options);
    try {
      folder.write('other/catalog.yaml', componentYaml('other'));
      const git: SourceDeclaration = { type: 'git', target: server.urlOf('org.git'), origin: 'config' };
      const [gitId = '', otherId = ''] = await harness.declare([git, folderSource('other')]);
      await harness.read(gitId);
      options.credentials = 'reader:secret';
      const failed = await harness.read(gitId);
      await harness.read(otherId);
      expect(failed).toMatchObject({
        state: 'failed',
        error: {
          code: 'git.credentials-required',
          message: expect.any(String),
          hint: expect.stringMatching(/\w/),
        },
        counts: { entities: 1 },
      });
      expect(await names()).toEqual(['kept', 'other']);
      delete options.credentials;
      expect((await harness.read(gitId)).error).toBeUndefined();
    } finally {
      await server.close();
    }
  });

  it('reads good files beside links, oversized blobs and broken YAML', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({
      'good/catalog-info.yaml': componentYaml('good'),
      'link/catalog-info.yaml': { linkTo: '/etc/passwd' },
      'huge/catalog-info.yaml': 'x'.repeat(11 * 1024 * 1024),
      'broken/catalog-info.yaml': 'kind: [\n',
    });
    const [id = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);
    const source = await harness.read(id);
    expect(source).toMatchObject({ state: 'ready', counts: { entities: 1, errors: 3 } });
    expect((await problemsOf(id)).map((problem) => `${problem.path}: ${problem.code}`)).toEqual([
      'broken/catalog-info.yaml: yaml.syntax',
      'huge/catalog-info.yaml: file.too-large',
      'link/catalog-info.yaml: file.outside-source',
    ]);
  });
});

describe('a Location', () => {
  it.each([
    ['out of the source', '../outside.yaml'],
    ['at an absolute path', '/etc/passwd'],
    ['at nothing', './missing.yaml'],
    ['at a URL of a host that is not listed', 'https://example.com/a.yaml', 'location.target-refused'],
    ['by a pattern that is too long', `./${'x'.repeat(600)}*`],
    ['by a pattern that is made to take for ever', `./${'*a'.repeat(200)}!`],
  ])(
    'that points %s is an error of its file and of nothing else',
    async (_, target, code = 'location.target-not-found') => {
      folder.write('outside.yaml', componentYaml('outside'));
      folder.write('src/all.yaml', `# first line\n${locationYaml('all', [target, './good.txt'])}`);
      folder.write('src/good.txt', componentYaml('good'));
      folder.write(`src/${'a'.repeat(120)}.yaml`, componentYaml('long'));
      const [id = ''] = await harness.declare([folderSource('src')]);
      const source = await harness.read(id);
      expect(source.error).toBeUndefined();
      expect(await names()).toEqual(['all', 'good', 'long']);
      expect(await problemsOf(id)).toMatchObject([
        {
          path: 'all.yaml',
          level: 'error',
          code,
          entityRef: 'location:default/all',
          message: expect.stringMatching(/\w/),
          hint: expect.stringMatching(/\w/),
        },
      ]);
    },
  );

  it('that points at itself, or in a circle, is followed once', async () => {
    folder.write('src/a.yaml', locationYaml('a', ['./a.yaml', './b.txt']));
    folder.write('src/b.txt', `${locationYaml('b', ['./a.yaml', './c.txt'])}`);
    folder.write('src/c.txt', `${locationYaml('c', ['./b.txt'])}---\n${componentYaml('end')}`);
    const [id = ''] = await harness.declare([folderSource('src')]);
    await harness.read(id);
    expect(await names()).toEqual(['a', 'b', 'c', 'end']);
    expect(await problemsOf(id)).toEqual([]);
  });

  it('whose optional target is missing is no problem', async () => {
    folder.write('src/a.yaml', locationYaml('a', ['./missing.yaml'], ['presence: optional']));
    const [id = ''] = await harness.declare([folderSource('src')]);
    await harness.read(id);
    expect(await problemsOf(id)).toEqual([]);
  });
});
