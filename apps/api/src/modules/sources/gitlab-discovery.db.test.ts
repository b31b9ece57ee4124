import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listSources, type Source } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiYaml } from '../../testing/api-yaml.ts';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { gitId } from '../../testing/git-tree.ts';
import { startGitLabServer, type GitLabServer } from '../../testing/gitlab-server.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { providersSchema } from '../../platform/provider-config.ts';
import { declarationsOf } from './provider-declarations.ts';

const MINUTE_MS = 60_000;
const LONG_AGO = '2026-01-01T00:00:00.000Z';

const database = useTestDatabase();
let home: string;
let gitlab: GitLabServer;
let harness: CatalogHarness;
/** Moved by the test alone. */
let nowMs = Date.now();
const now = () => new Date(nowMs);

const declarations = declarationsOf(
  providersSchema.parse({
    gitlab: { acme: { host: 'gitlab.com', group: 'acme', orgEnabled: true, projectPattern: 'service' } },
  }),
);

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  gitlab = await startGitLabServer();
  harness = await startCatalogHarness({
    databaseUrl: database().url,
    home,
    config: {
      integrations: {
        github: [],
        gitlab: [{ host: 'gitlab.com', apiBaseUrl: gitlab.url, token: 'gl-token' }],
      },
    },
    refreshIntervalMs: 2 * MINUTE_MS,
    now,
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await gitlab[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  await harness.declare([]);
  gitlab.intercept = undefined;
  gitlab.hasArchives = true;
  gitlab.projects = [1, 2, 3].map((id) => ({
    ...{ id, path: `acme/payments/service-${id}`, lastActivityAt: LONG_AGO },
    files: { 'catalog-info.yaml': componentYaml(`service-${id}`), 'README.md': '# Service' },
  }));
  const ada = { id: 1, username: 'ada', name: 'Ada' };
  gitlab.groups = [
    { id: 1, fullPath: 'acme', name: 'Acme', members: [ada] },
    {
      ...{ id: 2, fullPath: 'acme/payments', name: 'Payments', parentId: 1 },
      members: [ada, { id: 2, username: 'bob', name: 'Bob', state: 'blocked' }],
    },
  ];
  await harness.declare(declarations);
  await poll();
});

async function poll(): Promise<Source[]> {
  nowMs += 10 * MINUTE_MS;
  gitlab.forget();
  await harness.readDue();
  return (await harness.api.call(listSources, { query: {} })).items;
}

function callsBelow(prefix: string): string[] {
  return gitlab.calls.filter((call) => call.path.startsWith(prefix)).map((call) => call.path);
}

function project(id: number) {
  const found = gitlab.projects.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no project ${id}.`);
  return found;
}

describe('a discovery of a GitLab group', () => {
  it('reads the projects of all groups below, with their places', async () => {
    const entity = await harness.entity('component', 'service-1');
    expect(entity?.metadata?.annotations).toMatchObject({
      'backstage.io/view-url': 'https://gitlab.com/acme/payments/service-1/-/blob/main/catalog-info.yaml',
      'backstage.io/source-location': 'url:https://gitlab.com/acme/payments/service-1/-/tree/main/',
    });
    const [discovery] = await poll();
    expect(discovery).toMatchObject({
      ...{ type: 'gitlab-discovery', state: 'ready', childCount: 3, counts: { entities: 3 } },
      rateLimit: { limit: 2000, remaining: 1999 },
    });
    expect(gitlab.calls.every(({ token }) => token === 'gl-token')).toBe(true);
  });

  it('calls no project in which nothing happened', async () => {
    await poll();
    expect(callsBelow('/projects/')).toEqual([]);
  });

  it('asks a project that was active lately where its branch stands, and no more', async () => {
    project(2).lastActivityAt = now().toISOString();
    await poll();
    await poll();
    expect(callsBelow('/projects/')).toEqual(['/projects/2/repository/branches/main']);
  });

  it('reads what changed with one call for all contents', async () => {
    const changed = project(3);
    changed.lastActivityAt = now().toISOString();
    changed.files = {
      'catalog-info.yaml': locationYaml('all', ['./a.yaml', './b.yaml']),
      'a.yaml': componentYaml('a'),
      'b.yaml': componentYaml('b'),
    };
    await poll();
    const calls = callsBelow('/projects/3/').map((call) => call.split('?')[0]);
    const base = '/projects/3/repository';
    expect(calls.slice(0, 2)).toEqual([`${base}/branches/main`, `${base}/tree`]);
    expect(calls.filter((call) => call?.endsWith('archive.tar.gz'))).toHaveLength(1);
    expect(await harness.entity('component', 'a')).toBeDefined();
    expect(await harness.entity('component', 'b')).toBeDefined();
    expect(await harness.entity('component', 'service-3')).toBeUndefined();
  });

  it('fills in the texts that descriptors name, to the letter', async () => {
    const text = '{ "openapi":  "3.1.0", "x-large": 12345678901234567890 }\n';
    gitlab.intercept = (call) =>
      call.includes(`/blobs/${gitId('blob', text)}/`)
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
        : undefined;
    const changed = project(3);
    changed.lastActivityAt = now().toISOString();
    changed.files = {
      'catalog-info.yaml': apiYaml('pay', './docs/openapi.json'),
      'docs/openapi.json': text,
    };
    await poll();
    const api = await harness.entity('api', 'pay');
    expect(api?.spec?.['definition']).toBe(text);
  });

  it('fetches a few files one by one where there is no archive', async () => {
    gitlab.hasArchives = false;
    const changed = project(3);
    changed.lastActivityAt = now().toISOString();
    changed.files = {
      'catalog-info.yaml': locationYaml('all', ['./a.yaml', './b.yaml']),
      'a.yaml': componentYaml('a'),
      'b.yaml': componentYaml('b'),
    };
    await poll();
    expect(await harness.entity('component', 'a')).toBeDefined();
    expect(await harness.entity('component', 'b')).toBeDefined();
  });

  it('reads a tree of many pages from the archive', async () => {
    const changed = project(1);
    changed.lastActivityAt = now().toISOString();
    changed.files = {
      ...Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`src/file-${index}.ts`, 'x'])),
      'catalog-info.yaml': componentYaml('from-archive'),
    };
    await poll();
    expect(await harness.entity('component', 'from-archive')).toBeDefined();
    expect(callsBelow('/projects/1/').filter((call) => call.includes('archive'))).toHaveLength(1);
  });

  it('takes an archived project away, and keeps one that cannot be reached', async () => {
    project(1).archived = true;
    gitlab.projects = gitlab.projects.filter(({ id }) => id !== 2);
    gitlab.intercept = (call) => (call.startsWith('/projects/2') ? { status: 503 } : undefined);
    await poll();
    expect(await harness.entity('component', 'service-1')).toBeUndefined();
    expect(await harness.entity('component', 'service-2')).toBeDefined();
  });

  it('waits as long as GitLab says', async () => {
    gitlab.intercept = () => ({
      status: 429,
      headers: { 'ratelimit-remaining': '0', 'retry-after': '600' },
      body: { message: 'Too many requests' },
    });
    const [discovery] = await poll();
    expect(discovery).toMatchObject({ state: 'ready', error: { code: 'host.rate-limited' } });
    // Projects and people are two sources of one host: the second does not call.
    expect(gitlab.calls).toHaveLength(1);
    gitlab.intercept = undefined;
    nowMs += 15 * MINUTE_MS;
    expect((await poll())[0]?.error).toBeUndefined();
  });
});

describe('people and groups of GitLab', () => {
  it('are Users and Groups as in Backstage', async () => {
    const group = await harness.entity('group', 'payments');
    expect(group).toMatchObject({
      metadata: { annotations: { 'gitlab.com/team-path': 'acme/payments' }, description: 'All of Payments' },
      spec: { type: 'team', parent: 'acme', profile: { displayName: 'Payments' } },
    });
    expect(await harness.entity('user', 'ada')).toMatchObject({
      metadata: { annotations: { 'gitlab.com/user-login': 'https://gitlab.com/ada' } },
      spec: { profile: { displayName: 'Ada' }, memberOf: ['acme', 'payments'] },
    });
    expect(await harness.entity('user', 'bob')).toBeUndefined();
  });

  it('cost no transfer and no write when nothing changed', async () => {
    const [, people] = await poll();
    expect(people).toMatchObject({ type: 'gitlab-org', state: 'ready', counts: { changed: 0, entities: 3 } });
    expect(callsBelow('/groups/1/members').concat(callsBelow('/groups/2/members'))).toHaveLength(2);
    const statuses = gitlab.calls
      .filter((call) => call.path.includes('/members'))
      .map(({ status }) => status);
    expect(statuses).toEqual([304, 304]);
  });
});
