import path from 'node:path';
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
import { describe, expect, it, vi } from 'vitest';
import { createGitRepository } from '../../testing/git-repository.ts';
import { sendJson } from '../../testing/json-request.ts';
import { useRegistration } from '../../testing/registration.ts';
import { componentYaml } from '../../testing/source-folder.ts';

const given = useRegistration();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const ENTITY_FILE = `${GITHUB}/catalog-info.yaml`;
const GROUP = [
  ...['apiVersion: backstage.io/v1alpha1', 'kind: Group', 'metadata:', '  name: admins'],
  ...['spec:', '  type: team', '  children: []', ''],
].join('\n');

async function refusal(answer: Promise<unknown>): Promise<{ code: string }> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code };
    throw error;
  }
  throw new Error('It was not refused.');
}

const analyze = (input: SourceInput) => given.harness.api.call(analyzeSource, { body: input });
const register = (input: SourceInput) => given.harness.api.call(registerSource, { body: input });

describe('looking at a source', () => {
  it('tells what is new, known, held by another, and not allowed, with its place', async () => {
    given.hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': `${componentYaml('shop')}---\n${componentYaml('taken')}---\n${GROUP}`,
    };
    given.hosts.repositories['acme/first'] = { 'catalog-info.yaml': componentYaml('taken') };
    const holder = await register({ target: 'https://github.com/acme/first/blob/main/catalog-info.yaml' });
    await given.harness.read(holder.id);
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
    expect(await given.harness.entity('component', 'shop')).toBeUndefined();
    const known = await analyze({ target: holder.target });
    expect(known).toMatchObject({ registeredSourceId: holder.id, entities: [{ outcome: 'known' }] });
  });

  it('takes a repository for all descriptors of its default branch, and a folder for those below it', async () => {
    given.hosts.repositories['acme/shop'] = {
      'catalog-info.yaml': componentYaml('root'),
      'deep/er/catalog-info.yml': componentYaml('deep'),
      'other.yaml': componentYaml('other'),
    };
    const all = await analyze({ target: 'https://github.com/acme/shop' });
    expect(all.entities.map(({ name }) => name).sort()).toEqual(['deep', 'root']);
    const source = await register(all.source);
    expect((await given.harness.read(source.id)).counts).toMatchObject({ entities: 3, errors: 0 });
    const below = await analyze({ target: 'https://github.com/acme/shop/tree/main/deep' });
    expect(below.entities.map(({ name }) => name)).toEqual(['deep']);
  });

  it('drafts a descriptor for a repository that has none, with the owner where the catalog knows it', async () => {
    given.hosts.repositories['acme/org'] = { 'org.yaml': GROUP };
    await given.harness.declare([
      { type: 'url', target: 'https://github.com/acme/org/blob/main/org.yaml', origin: 'config' },
    ]);
    const [org] = (await given.client.getLocations()).items;
    await given.harness.read(org?.id ?? '');
    given.hosts.repositories['acme/shop'] = { CODEOWNERS: '*.md @acme/docs\n* @acme/unknown @acme/Admins\n' };
    const { suggestion, files } = await analyze({ target: 'https://github.com/acme/shop' });
    expect(files).toEqual([]);
    expect(suggestion?.path).toBe('catalog-info.yaml');
    given.hosts.repositories['acme/shop'] = { 'catalog-info.yaml': suggestion?.text ?? '' };
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
      await expect(given.client.addLocation({ target })).rejects.toMatchObject({ statusCode: 400 });
    }
    await expect(given.client.addLocation({ type: 'file', target })).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('a Git repository over HTTP', () => {
  it('is read with pinned addresses where its host is listed, and refused beside the listed path', async () => {
    createGitRepository(path.join(given.home, 'repositories/org.git')).commit({
      'catalog-info.yaml': componentYaml('from-git'),
    });
    const target = given.git.urlOf('org.git');
    expect((await refusal(register({ target: given.git.urlOf('other.git') }))).code).toBe(
      'catalog.source-not-allowed',
    );
    const source = await register({ target: `${target}/`, type: 'git', branch: 'main' });
    expect(source).toMatchObject({ type: 'git', branch: 'main', origin: 'api', state: 'queued' });
    expect((await given.harness.read(source.id)).counts).toMatchObject({ entities: 1 });
  });
});

describe('a registered source', () => {
  it('is refused the second time', async () => {
    await register({ target: ENTITY_FILE });
    expect((await refusal(register({ target: ENTITY_FILE }))).code).toBe('catalog.source-exists');
  });

  it('outlives a restart with another configuration', async () => {
    const { id } = await register({ target: ENTITY_FILE });
    await given.harness.declare([]);
    expect(await given.harness.api.call(getSource, { params: { id } })).toMatchObject({ id, origin: 'api' });
  });

  it('is moved to a place once, when two are to go there at the same time', async () => {
    const target = given.git.urlOf('org.git/');
    for (const round of [1, 2, 3, 4, 5]) {
      const ids = [];
      for (const branch of ['left', 'right'])
        ids.push((await register({ target, type: 'git', branch: `${branch}-${round}` })).id);
      const answers = await inStepPastTheirRows(ids, (id) =>
        sendJson(
          given.harness.app,
          'PUT',
          `/api/catalog/sources/${id}`,
          JSON.stringify({ branch: `b${round}` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.map(({ code }) => code)).toContain('catalog.source-exists');
    }
  });

  it('is not read while it is paused', async () => {
    const { id } = await register({ target: ENTITY_FILE });
    const paused = await given.harness.api.call(updateSource, { params: { id }, body: { isPaused: true } });
    expect(paused.isPaused).toBe(true);
    expect(await dueIds()).not.toContain(id);
    await given.harness.api.call(updateSource, { params: { id }, body: { isPaused: false } });
    expect(await dueIds()).toContain(id);
  });

  it('shows what would go with it, then takes just that along', async () => {
    given.hosts.repositories['acme/shop'] = {
      'a.yaml': `${componentYaml('mine')}---\n${componentYaml('shared')}`,
      'b.yaml': componentYaml('shared', ['system: other']),
    };
    const first = await register({ target: `${GITHUB}/a.yaml` });
    const second = await register({ target: `${GITHUB}/b.yaml` });
    await given.harness.read(first.id);
    await given.harness.read(second.id);
    const params = { id: first.id };
    expect(await given.harness.api.call(previewSourceRemoval, { params })).toMatchObject({
      ...{ removedCount: 2, passedOnCount: 1 },
      removedRefs: ['component:default/mine', expect.stringMatching(/^location:default\/generated-/)],
    });
    await given.harness.api.call(removeSource, { params });
    await given.harness.app.catalog.catchUp();
    expect(await given.harness.entity('component', 'mine')).toBeUndefined();
    expect((await given.harness.entity('component', 'shared'))?.spec?.['system']).toBe('other');
  });

  it('of the configuration can be paused, but neither changed nor removed here', async () => {
    const [id = ''] = await given.harness.declare([{ type: 'url', target: ENTITY_FILE, origin: 'config' }]);
    const params = { id };
    const code = 'catalog.source-not-removable';
    expect((await refusal(given.harness.api.call(removeSource, { params }))).code).toBe(code);
    expect(
      (await refusal(given.harness.api.call(updateSource, { params, body: { branch: 'x' } }))).code,
    ).toBe(code);
    expect((await given.harness.api.call(updateSource, { params, body: { isPaused: true } })).isPaused).toBe(
      true,
    );
    await given.harness.declare([]);
  });
});

/** Does something to each of these sources at once: nobody gets at his row before all wait for theirs. */
async function inStepPastTheirRows<Result>(
  ids: readonly string[],
  work: (id: string) => Promise<Result>,
): Promise<Result[]> {
  const { pool } = given.harness.database;
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM catalog_source WHERE id = ANY ($1::bigint[]) FOR UPDATE', [ids]);
  const pending = Promise.all(ids.map(work));
  await vi.waitFor(async () => {
    const { rows } = await pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(rows[0]?.waiting).toBe(ids.length);
  });
  await holder.query('COMMIT');
  holder.release();
  return pending;
}

async function dueIds(): Promise<string[]> {
  const { rows } = await given.harness.database.pool.query<{ id: string }>(
    'SELECT id FROM catalog_source WHERE next_read_at <= now() AND NOT is_paused',
  );
  return rows.map(({ id }) => id);
}
