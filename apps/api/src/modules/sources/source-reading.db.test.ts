import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityOrigin, listSourceConflicts, listSourceProblems, queryEntities } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  folder = await makeSourceFolder();
  sourceId = await declareFolder(folder);
});

afterEach(async () => {
  await harness.declare([]);
  await folder[Symbol.asyncDispose]();
});

async function declareFolder({ directory }: SourceFolder): Promise<string> {
  const [id] = await harness.declare([{ type: 'file', target: directory, origin: 'config' }]);
  return id ?? 'undeclared';
}

async function problems(id = sourceId) {
  return (await harness.api.call(listSourceProblems, { params: { id }, query: {} })).items;
}

async function names(): Promise<string[]> {
  const { items } = await harness.api.call(queryEntities, {
    query: { orderField: 'metadata.name,asc', limit: 1000 },
  });
  return items.map((entity) => entity.metadata?.name ?? '?');
}

describe('reading a folder', () => {
  it('shows every valid document of every file, and counts them', async () => {
    await folder.write('a.yaml', `${componentYaml('one')}---\n${componentYaml('two')}`);
    await folder.write('deep/er/b.yml', componentYaml('three'));
    const source = await harness.read(sourceId);
    expect(source).toMatchObject({
      state: 'ready',
      counts: { files: 2, entities: 3, added: 3, changed: 0, removed: 0, errors: 0 },
    });
    expect(await names()).toEqual(['one', 'three', 'two']);
  });

  it('changes, adds and removes exactly what the files say', async () => {
    await folder.write('a.yaml', `${componentYaml('kept')}---\n${componentYaml('dropped')}`);
    await folder.write('gone.yaml', componentYaml('gone'));
    await harness.read(sourceId);
    const before = await harness.entity('component', 'kept');
    await folder.write('a.yaml', `${componentYaml('kept', ['system: billing'])}---\n${componentYaml('new')}`);
    await folder.remove('gone.yaml');
    const source = await harness.read(sourceId);
    expect(source.counts).toMatchObject({ files: 1, entities: 2, added: 1, changed: 1, removed: 2 });
    expect(await names()).toEqual(['kept', 'new']);
    const after = await harness.entity('component', 'kept');
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.metadata.etag).not.toBe(before?.metadata.etag);
  });

  it('touches nothing when nothing changed', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    const before = await harness.entity('component', 'one');
    const source = await harness.read(sourceId);
    expect(source.counts).toMatchObject({ entities: 1, added: 0, changed: 0, removed: 0 });
    expect(await harness.entity('component', 'one')).toEqual(before);
  });

  it('writes nothing either when a file that cannot be read stays so, and follows when it can be read', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await symlink('/etc/hostname', path.join(folder.directory, 'link.yaml'));
    await harness.read(sourceId);
    const [problem] = await problems();
    expect(problem).toMatchObject({ path: 'link.yaml', level: 'error' });
    const version = async () => (await harness.database.pool.query('SELECT version FROM catalog_state')).rows;
    const before = await version();
    expect(await harness.read(sourceId)).toMatchObject({ state: 'ready', counts: { files: 1, errors: 1 } });
    expect(await version()).toEqual(before);
    expect(await problems()).toEqual([problem]);
    await folder.remove('link.yaml');
    await folder.write('link.yaml', componentYaml('two'));
    await harness.read(sourceId);
    expect(await names()).toEqual(['one', 'two']);
    expect(await problems()).toEqual([]);
  });

  it('keeps the identity of an entity whose file is renamed', async () => {
    await folder.write('old/a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    const before = await harness.entity('component', 'one');
    await folder.move('old/a.yaml', 'new/b.yaml');
    const source = await harness.read(sourceId);
    expect(source.counts).toMatchObject({ files: 1, entities: 1, added: 0, removed: 0 });
    expect((await harness.entity('component', 'one'))?.metadata.uid).toBe(before?.metadata.uid);
    const origin = await harness.api.call(getEntityOrigin, {
      params: { kind: 'component', namespace: 'default', name: 'one' },
    });
    expect(origin.path).toBe('new/b.yaml');
  });

  it('keeps the last good version of a document that breaks, with the error, and clears it when it is mended', async () => {
    await folder.write('a.yaml', `${componentYaml('one')}---\n${componentYaml('two')}`);
    await harness.read(sourceId);
    const invalid = componentYaml('one').replace('  owner: team-a\n', '');
    await folder.write('a.yaml', `${invalid}---\n${componentYaml('two', ['system: s'])}`);
    const source = await harness.read(sourceId);
    expect(source.counts).toMatchObject({ entities: 2, errors: 1, removed: 0 });
    const broken = await harness.entity('component', 'one');
    expect(broken?.spec?.['owner']).toBe('team-a');
    expect(broken?.status?.items?.[0]).toMatchObject({
      level: 'error',
      message: expect.stringContaining('a.yaml:'),
    });
    const whole = await harness.entity('component', 'two');
    expect(whole?.status).toBeUndefined();
    expect(whole?.spec?.['system']).toBe('s');
    await folder.write('a.yaml', `${componentYaml('one')}---\n${componentYaml('two')}`);
    await harness.read(sourceId);
    expect((await harness.entity('component', 'one'))?.status).toBeUndefined();
    expect(await problems()).toEqual([]);
  });

  it('removes nothing when a document cannot even be identified', async () => {
    await folder.write('a.yaml', `${componentYaml('one')}---\n${componentYaml('two')}`);
    await harness.read(sourceId);
    await folder.write('a.yaml', `kind: [unclosed\n---\n${componentYaml('two')}`);
    const source = await harness.read(sourceId);
    expect(source.counts).toMatchObject({ entities: 2, removed: 0, errors: 1 });
    expect((await harness.entity('component', 'one'))?.status?.items).toHaveLength(1);
    const [problem] = await problems();
    expect(problem).toMatchObject({ path: 'a.yaml', level: 'error', line: expect.any(Number) });
  });

  it('keeps everything of a source that cannot be read, and says so', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    await folder[Symbol.asyncDispose]();
    const source = await harness.read(sourceId);
    expect(source).toMatchObject({
      state: 'failed',
      error: { code: 'source.not-found', hint: expect.any(String) },
    });
    expect(await names()).toEqual(['one']);
  });

  it('follows Location files to files that the folder pattern does not find', async () => {
    const location = (targets: string) =>
      `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets: [${targets}]\n`;
    await folder.write('catalog-info.yaml', location('./parts/*.txt, ./missing.yaml'));
    await folder.write('parts/a.txt', componentYaml('one'));
    const [id] = await harness.declare([
      { type: 'file', target: path.join(folder.directory, 'catalog-info.yaml'), origin: 'config' },
    ]);
    await harness.read(id ?? '');
    expect(await names()).toEqual(['all', 'one']);
    expect(await problems(id)).toMatchObject([
      { code: 'location.target-not-found', path: 'catalog-info.yaml' },
    ]);
    // An unchanged Location still holds on to what it points at.
    await folder.write('parts/a.txt', componentYaml('one', ['system: s']));
    await harness.read(id ?? '');
    expect(await names()).toEqual(['all', 'one']);
    await folder.write('catalog-info.yaml', location(''));
    await harness.read(id ?? '');
    expect(await names()).toEqual(['all']);
  });
});

describe('two sources that claim one ref', () => {
  it('leaves it with the first, shows both, and passes it on when the first goes', async () => {
    await using rival = await makeSourceFolder();
    const declarations = [folder, rival].map(({ directory }) => ({
      type: 'file' as const,
      target: directory,
      origin: 'config' as const,
    }));
    const [first = '', second = ''] = await harness.declare(declarations);
    await folder.write('a.yaml', componentYaml('one', ['system: first']));
    await rival.write('b.yaml', componentYaml('one', ['system: second']));
    await harness.read(first);
    const loser = await harness.read(second);
    expect(loser.counts).toMatchObject({ entities: 0, conflicts: 1 });
    expect((await harness.entity('component', 'one'))?.spec?.['system']).toBe('first');
    const conflicts = await harness.api.call(listSourceConflicts, { params: { id: second }, query: {} });
    expect(conflicts.items).toMatchObject([
      { entityRef: 'component:default/one', path: 'b.yaml', holder: { sourceId: first, path: 'a.yaml' } },
    ]);
    const origin = await harness.api.call(getEntityOrigin, {
      params: { kind: 'component', namespace: 'default', name: 'one' },
    });
    expect(origin.rivals).toMatchObject([{ sourceId: second, path: 'b.yaml' }]);
    await folder.remove('a.yaml');
    await harness.read(first);
    expect((await harness.entity('component', 'one'))?.spec?.['system']).toBe('second');
    expect((await harness.read(second)).counts).toMatchObject({ entities: 1, conflicts: 0 });
  });
});

describe('relations', () => {
  it('are shown from both ends, and follow when one end changes', async () => {
    await folder.write('a.yaml', componentYaml('one', ['dependsOn: [component:two]']));
    await folder.write('b.yaml', componentYaml('two'));
    await harness.read(sourceId);
    const before = await harness.entity('component', 'two');
    expect(before?.relations).toContainEqual({ type: 'dependencyOf', targetRef: 'component:default/one' });
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    const after = await harness.entity('component', 'two');
    expect(after?.relations).toEqual([{ type: 'ownedBy', targetRef: 'group:default/team-a' }]);
    expect(after?.metadata.etag).not.toBe(before?.metadata.etag);
  });
});

describe('a source that is declared no more', () => {
  it('goes with its entities', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    await harness.declare([]);
    await harness.app.catalog.catchUp();
    expect(await names()).toEqual([]);
  });
});
