import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CatalogClient } from '@backstage/catalog-client';
import { ApiError } from '@waymark/api-client';
import {
  analyzeSource,
  getSource,
  previewSourceRemoval,
  registerSource,
  removeSource,
  updateSource,
  type SourceInput,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchInto, startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startFakeGitHosts, type FakeGitHosts } from '../../testing/fake-git-hosts.ts';
import { startGitHttpServer, type GitHttpServer } from '../../testing/git-http-server.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { componentYaml } from '../../testing/source-folder.ts';

const database = useTestDatabase();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const ENTITY_FILE = `${GITHUB}/catalog-info.yaml`;
const GROUP = [
  ...['apiVersion: backstage.io/v1alpha1', 'kind: Group', 'metadata:', '  name: admins'],
  ...['spec:', '  type: team', '  children: []', ''],
].join('\n');

let home: string;
let hosts: FakeGitHosts;
let git: GitHttpServer;
let harness: CatalogHarness;
let client: CatalogClient;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  hosts = await startFakeGitHosts({});
  git = await startGitHttpServer({ root: path.join(home, 'repositories') });
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: {
      integrations: { github: [{ host: 'github.com', apiBaseUrl: hosts.githubApi }], gitlab: [] },
      backend: { reading: { allow: [{ host: new URL(git.urlOf('x')).host, paths: ['/org.git/'] }] } },
    },
  });
  client = new CatalogClient({
    discoveryApi: { getBaseUrl: async () => 'http://localhost/api/catalog' },
    fetchApi: { fetch: fetchInto(harness.app) },
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await hosts[Symbol.asyncDispose]();
  await git.close();
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  for (const name of Object.keys(hosts.repositories)) delete hosts.repositories[name];
  hosts.repositories['acme/shop'] = { 'catalog-info.yaml': componentYaml('shop') };
  await harness.declare([]);
  for (const { id } of (await client.getLocations()).items) await client.removeLocationById(id);
  await harness.database.pool.query('DELETE FROM audit_entry');
});

async function refusal(answer: Promise<unknown>): Promise<{ code: string }> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code };
    throw error;
  }
  throw new Error('It was not refused.');
}

async function auditActions(): Promise<string[]> {
  const { rows } = await harness.database.pool.query<{ action: string }>(
    'SELECT action FROM audit_entry ORDER BY id',
  );
  return rows.map(({ action }) => action);
}

const analyze = (input: SourceInput) => harness.api.call(analyzeSource, { body: input });
const register = (input: SourceInput) => harness.api.call(registerSource, { body: input });

describe('the stock client of Backstage', () => {
  it('sees what a location would bring, before it is there', async () => {
    const answer = await client.addLocation({ target: ENTITY_FILE, dryRun: true });
    expect(answer).toMatchObject({ exists: false, location: { type: 'url', target: ENTITY_FILE } });
    expect(answer.entities.map(({ kind }) => kind)).toEqual(['Location', 'Component']);
    expect((await client.getLocations()).items).toEqual([]);
    expect(await auditActions()).toEqual([]);
  });

  it('adds a location once, finds it by id, ref and entity, and removes it with what it brought', async () => {
    const { location } = await client.addLocation({ type: 'url', target: ENTITY_FILE });
    expect(location).toMatchObject({ type: 'url', target: ENTITY_FILE });
    const again = await client.addLocation({ target: ENTITY_FILE, dryRun: true });
    expect(again.exists).toBe(true);
    // The client looks at the body of application/json only, so the name of the error is read from the wire.
    await expect(client.addLocation({ target: ENTITY_FILE })).rejects.toMatchObject({ statusCode: 409 });
    const url = '/api/catalog/locations';
    const answer = await harness.app.inject({ method: 'POST', url, payload: { target: ENTITY_FILE } });
    expect(answer.json()).toMatchObject({
      ...{ code: 'catalog.source-exists', error: { name: 'ConflictError' }, response: { statusCode: 409 } },
    });
    const source = await harness.read(location.id);
    expect(source).toMatchObject({ origin: 'api', createdBy: 'user:default/guest', state: 'ready' });
    expect((await client.getLocations()).items).toMatchObject([location]);
    expect(await client.getLocationById(location.id)).toMatchObject(location);
    expect(await client.getLocationByRef(`url:${ENTITY_FILE}`)).toMatchObject(location);
    expect(await client.getLocationByEntity('component:default/shop')).toMatchObject(location);
    expect(await client.getLocationById('999999')).toBeUndefined();
    expect(await client.getLocationByEntity('component:default/other')).toBeUndefined();
    expect(location).toHaveProperty('entityRef');
    await client.removeLocationById(location.id);
    await harness.app.catalog.catchUp();
    expect(await harness.entity('component', 'shop')).toBeUndefined();
    expect((await client.getLocations()).items).toEqual([]);
    expect(await auditActions()).toEqual(['source.register', 'source.remove']);
  });

  it('reads a location again in place of a conflict, where it asks for that', async () => {
    const { location } = await client.addLocation({ target: ENTITY_FILE });
    const again = await client.addLocation({ target: ENTITY_FILE, onConflict: 'refresh' });
    expect(again.location.id).toBe(location.id);
    expect(await auditActions()).toEqual(['source.register', 'source.refresh']);
  });

  it('points a location at another target', async () => {
    const { location } = await client.addLocation({ target: ENTITY_FILE });
    const target = `${GITHUB}/other.yaml`;
    hosts.repositories['acme/shop'] = { 'other.yaml': componentYaml('other') };
    expect(await client.updateLocation(location.id, { target })).toMatchObject({ id: location.id, target });
    await harness.read(location.id);
    expect(await harness.entity('component', 'other')).toBeDefined();
  });

  it('asks for locations by predicate, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await client.addLocation({ target: `${GITHUB}/${name}.yaml` });
    const query = { target: { $hasPrefix: `${GITHUB}/` } };
    const first = await client.queryLocations({ query, limit: 2 });
    expect(first).toMatchObject({ totalItems: 3, items: [{}, {}] });
    const cursor = first.pageInfo.nextCursor ?? '';
    expect((await client.queryLocations({ cursor, limit: 2 })).items.map(({ target }) => target)).toEqual([
      `${GITHUB}/c.yaml`,
    ]);
    expect((await client.queryLocations({ query: { target: 'none' } })).items).toEqual([]);
    const bad = client.queryLocations({ query: { $nonsense: 1 } as never });
    await expect(bad).rejects.toMatchObject({ statusCode: 400 });
  });

  it('looks at a file, and at a repository with and without one', async () => {
    const { location } = await client.addLocation({ target: ENTITY_FILE });
    await harness.read(location.id);
    const file = await client.analyzeLocation({ location: { type: 'url', target: ENTITY_FILE } });
    expect(file).toMatchObject({
      existingEntityFiles: [
        { isRegistered: true, location: { type: 'url', target: ENTITY_FILE }, entity: { kind: 'Component' } },
      ],
      generateEntities: [],
    });
    const repository = { type: 'url', target: 'https://github.com/acme/shop' };
    expect((await client.analyzeLocation({ location: repository })).existingEntityFiles).toHaveLength(1);
    hosts.repositories['acme/shop'] = { 'README.md': '' };
    expect(await client.analyzeLocation({ location: repository })).toMatchObject({
      existingEntityFiles: [],
      generateEntities: [
        {
          entity: { kind: 'Component', metadata: { name: 'shop' } },
          fields: expect.arrayContaining([expect.objectContaining({ state: 'needsUserInput' })]),
        },
      ],
    });
  });
});

describe('looking at a source', () => {
  it('tells what is new, known, held by another, and not allowed, with its place', async () => {
    hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': `${componentYaml('shop')}---\n${componentYaml('taken')}---\n${GROUP}`,
    };
    hosts.repositories['acme/first'] = { 'catalog-info.yaml': componentYaml('taken') };
    const holder = await register({ target: 'https://github.com/acme/first/blob/main/catalog-info.yaml' });
    await harness.read(holder.id);
    const analysis = await analyze({ target: ENTITY_FILE });
    expect(analysis.source).toEqual({ type: 'url', target: ENTITY_FILE });
    expect(analysis.files).toMatchObject([{ path: ENTITY_FILE, viewUrl: ENTITY_FILE, entityCount: 2 }]);
    expect(analysis.entities).toMatchObject([
      { ref: 'component:default/shop', outcome: 'new', line: 1, type: 'service', owner: 'team-a' },
      { ref: 'component:default/taken', outcome: 'conflict', holder: { sourceId: holder.id } },
      { ref: 'group:default/admins', outcome: 'not-allowed', line: 19 },
    ]);
    expect(analysis.problems).toMatchObject([
      { code: 'kind.not-allowed', hint: expect.stringMatching(/\w/) },
    ]);
    expect(await harness.entity('component', 'shop')).toBeUndefined();
    const known = await analyze({ target: holder.target });
    expect(known).toMatchObject({ registeredSourceId: holder.id, entities: [{ outcome: 'known' }] });
  });

  it('takes a repository for all descriptors of its default branch, and a folder for those below it', async () => {
    hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': componentYaml('root'),
      'deep/er/catalog-info.yml': componentYaml('deep'),
      'other.yaml': componentYaml('other'),
    };
    const all = await analyze({ target: 'https://github.com/acme/shop' });
    expect(all.entities.map(({ name }) => name).sort()).toEqual(['deep', 'root']);
    const source = await register(all.source);
    expect((await harness.read(source.id)).counts).toMatchObject({ entities: 3, errors: 0 });
    const below = await analyze({ target: 'https://github.com/acme/shop/tree/main/deep' });
    expect(below.entities.map(({ name }) => name)).toEqual(['deep']);
  });

  it('drafts a descriptor for a repository that has none, with the owner where the catalog knows it', async () => {
    hosts.repositories['acme/org'] = { 'org.yaml': GROUP };
    await harness.declare([
      { type: 'url', target: 'https://github.com/acme/org/blob/main/org.yaml', origin: 'config' },
    ]);
    const [org] = (await client.getLocations()).items;
    await harness.read(org?.id ?? '');
    hosts.repositories['acme/shop'] = { CODEOWNERS: '*.md @acme/docs\n* @acme/unknown @acme/Admins\n' };
    const { suggestion, files } = await analyze({ target: 'https://github.com/acme/shop' });
    expect(files).toEqual([]);
    expect(suggestion?.path).toBe('catalog-info.yaml');
    hosts.repositories['acme/shop'] = { 'catalog-info.yaml': suggestion?.text ?? '' };
    expect(await analyze({ target: ENTITY_FILE })).toMatchObject({
      problems: [],
      entities: [{ name: 'shop', owner: 'group:default/admins', type: 'service' }],
    });
  });

  it.each([
    ['https://github.com/acme/missing', 'catalog.source-unreadable'],
    [`${GITHUB}/missing.yaml`, 'catalog.source-unreadable'],
    ['https://evil.example/a.yaml', 'catalog.source-not-allowed'],
    ['https://github.com@evil.example/a.yaml', 'catalog.source-not-allowed'],
    ['http://127.0.0.1:5432/a.yaml', 'catalog.source-not-allowed'],
    ['http://169.254.169.254/latest/meta-data', 'catalog.source-not-allowed'],
    ['http://[::ffff:127.0.0.1]/', 'catalog.source-not-allowed'],
    ['file:///etc/passwd', 'catalog.source-not-allowed'],
    ['/etc/passwd', 'catalog.source-not-allowed'],
    ['ssh://git@github.com/acme/shop.git', 'catalog.source-not-allowed'],
    ['git@github.com:acme/shop.git', 'catalog.source-not-allowed'],
    ['ext::sh -c touch% /tmp/x', 'catalog.source-not-allowed'],
    ['--upload-pack=touch /tmp/x', 'catalog.source-not-allowed'],
  ])('refuses %s as %s, and registers it not either', async (target, code) => {
    for (const type of [undefined, 'git', 'url'] as const) {
      if (code === 'catalog.source-unreadable' && type === 'git') continue; // another protocol, another answer
      const input = { target, ...(type ? { type } : {}) };
      expect((await refusal(analyze(input))).code).toBe(code);
      if (code === 'catalog.source-not-allowed') expect((await refusal(register(input))).code).toBe(code);
    }
    if (code === 'catalog.source-not-allowed') {
      await expect(client.addLocation({ target })).rejects.toMatchObject({ statusCode: 400 });
    }
    await expect(client.addLocation({ type: 'file', target })).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('a Git repository over HTTP', () => {
  it('is read with pinned addresses where its host is listed, and refused beside the listed path', async () => {
    createGitRepository(path.join(home, 'repositories/org.git')).commit({
      'catalog-info.yaml': componentYaml('from-git'),
    });
    const target = git.urlOf('org.git');
    expect((await refusal(register({ target: git.urlOf('other.git') }))).code).toBe(
      'catalog.source-not-allowed',
    );
    const source = await register({ target: `${target}/`, type: 'git', branch: 'main' });
    expect(source).toMatchObject({ type: 'git', branch: 'main', origin: 'api', state: 'queued' });
    expect((await harness.read(source.id)).counts).toMatchObject({ entities: 1 });
  });
});

describe('a registered source', () => {
  it('is refused the second time', async () => {
    await register({ target: ENTITY_FILE });
    expect((await refusal(register({ target: ENTITY_FILE }))).code).toBe('catalog.source-exists');
  });

  it('outlives a restart with another configuration', async () => {
    const { id } = await register({ target: ENTITY_FILE });
    await harness.declare([]);
    expect(await harness.api.call(getSource, { params: { id } })).toMatchObject({ id, origin: 'api' });
  });

  it('is not read while it is paused', async () => {
    const { id } = await register({ target: ENTITY_FILE });
    const paused = await harness.api.call(updateSource, { params: { id }, body: { isPaused: true } });
    expect(paused.isPaused).toBe(true);
    expect(await dueIds()).not.toContain(id);
    await harness.api.call(updateSource, { params: { id }, body: { isPaused: false } });
    expect(await dueIds()).toContain(id);
  });

  it('shows what would go with it, then takes just that along', async () => {
    hosts.repositories['acme/shop'] = {
      'a.yaml': `${componentYaml('mine')}---\n${componentYaml('shared')}`,
      'b.yaml': componentYaml('shared', ['system: other']),
    };
    const first = await register({ target: `${GITHUB}/a.yaml` });
    const second = await register({ target: `${GITHUB}/b.yaml` });
    await harness.read(first.id);
    await harness.read(second.id);
    const params = { id: first.id };
    expect(await harness.api.call(previewSourceRemoval, { params })).toMatchObject({
      ...{ removedCount: 2, passedOnCount: 1 },
      removedRefs: ['component:default/mine', expect.stringMatching(/^location:default\/generated-/)],
    });
    await harness.api.call(removeSource, { params });
    await harness.app.catalog.catchUp();
    expect(await harness.entity('component', 'mine')).toBeUndefined();
    expect((await harness.entity('component', 'shared'))?.spec?.['system']).toBe('other');
  });

  it('of the configuration can be paused, but neither changed nor removed here', async () => {
    const [id = ''] = await harness.declare([{ type: 'url', target: ENTITY_FILE, origin: 'config' }]);
    const params = { id };
    const code = 'catalog.source-not-removable';
    expect((await refusal(harness.api.call(removeSource, { params }))).code).toBe(code);
    expect((await refusal(harness.api.call(updateSource, { params, body: { branch: 'x' } }))).code).toBe(
      code,
    );
    expect((await harness.api.call(updateSource, { params, body: { isPaused: true } })).isPaused).toBe(true);
    await harness.declare([]);
  });
});

async function dueIds(): Promise<string[]> {
  const { rows } = await harness.database.pool.query<{ id: string }>(
    'SELECT id FROM catalog_source WHERE next_read_at <= now() AND NOT is_paused',
  );
  return rows.map(({ id }) => id);
}
