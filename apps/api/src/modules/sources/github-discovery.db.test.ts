import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityFacets, listSources, type Source } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { ORGANISATION, startGitHubEmulator, type GitHubEmulator } from '../../testing/github-emulator.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

const REPOSITORIES = 200;
const MINUTE_MS = 60_000;
/** The host's clock is the real one, so ours runs ahead: then what the host has noted has settled. */
const AHEAD_MS = 60 * MINUTE_MS;

const database = useTestDatabase();
let home: string;
let github: GitHubEmulator;
let harness: CatalogHarness;
let discoveryId: string;
let aheadMs = AHEAD_MS;

const discovery: SourceDeclaration = {
  type: 'github-discovery',
  target: `https://github.com/${ORGANISATION}`,
  path: '/catalog-info.yaml',
  origin: 'config',
  identity: 'acme',
  settings: {
    host: 'github.com',
    organisation: ORGANISATION,
    path: '/catalog-info.yaml',
    filter: { allowsForks: true, allowsArchived: false },
  },
};

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  github = await startGitHubEmulator();
  for (let number = 0; number < REPOSITORIES; number += 1) {
    const name = nameOf(number);
    await github.createRepository(name, { 'catalog-info.yaml': componentYaml(name) });
  }
  harness = await startCatalogHarness({
    databaseUrl: database().url,
    home,
    config: {
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl: github.url, token: 'secret-token' }],
        gitlab: [],
      },
    },
    refreshIntervalMs: 2 * MINUTE_MS,
    now: () => new Date(Date.now() + aheadMs),
  });
  [discoveryId = ''] = await harness.declare([discovery]);
}, 120_000);
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await github[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

function nameOf(number: number): string {
  return `service-${String(number).padStart(3, '0')}`;
}

/** Lets the time pass until the discovery looks again, and reads everything that is due then. */
async function poll(): Promise<Source> {
  aheadMs += 10 * MINUTE_MS;
  github.forget();
  await harness.readDue();
  return theDiscovery();
}

async function theDiscovery(): Promise<Source> {
  const { items } = await harness.api.call(listSources, { query: {} });
  const found = items.find(({ id }) => id === discoveryId);
  if (!found) throw new Error('The discovery is not listed.');
  return found;
}

async function repositoriesIn(state: Source['state']): Promise<Source[]> {
  const query = { parentId: discoveryId, state, limit: 500 };
  return (await harness.api.call(listSources, { query })).items;
}

async function countComponents(): Promise<number> {
  const { facets } = await harness.api.call(getEntityFacets, { query: { facet: ['kind'] } });
  return facets['kind']?.find(({ value }) => value === 'Component')?.count ?? 0;
}

function callsTo(pattern: RegExp): number {
  return github.calls.filter((call) => pattern.test(call.path)).length;
}

describe('a discovery of 200 repositories', () => {
  it('reads each with one call for its tree and one for its contents', async () => {
    const source = await poll();
    expect(source).toMatchObject({
      state: 'ready',
      childCount: REPOSITORIES,
      counts: { entities: REPOSITORIES },
    });
    expect(await countComponents()).toBe(REPOSITORIES);
    expect(callsTo(/\/orgs\/acme\/repos/)).toBe(2);
    expect(callsTo(/\/git\/trees\//)).toBe(REPOSITORIES);
    expect(callsTo(/\/git\/blobs\//)).toBe(REPOSITORIES);
    expect(github.calls).toHaveLength(2 * REPOSITORIES + 2);
    expect(github.calls.every(({ authorization }) => authorization === 'token secret-token')).toBe(true);
    expect(source.rateLimit).toMatchObject({ limit: 5000 });
  });

  it('says where each entity is', async () => {
    const entity = await harness.entity('component', nameOf(7));
    const repository = `https://github.com/${ORGANISATION}/${nameOf(7)}`;
    expect(entity?.metadata?.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${repository}/blob/main/catalog-info.yaml`,
      'backstage.io/managed-by-origin-location': `url:${repository}/blob/main/catalog-info.yaml`,
      'backstage.io/view-url': `${repository}/blob/main/catalog-info.yaml`,
      'backstage.io/edit-url': `${repository}/edit/main/catalog-info.yaml`,
      'backstage.io/source-location': `url:${repository}/tree/main/`,
    });
  });

  it('costs the pages of the list, which have not changed, when nothing has', async () => {
    const source = await poll();
    // The list is as long as two full pages, so a third is asked for to see that there is none.
    expect(github.calls.map(({ status }) => status)).toEqual([304, 304, 200]);
    expect(source).toMatchObject({ state: 'ready', childCount: REPOSITORIES });
    expect(await repositoriesIn('ready')).toHaveLength(REPOSITORIES);
    expect(await countComponents()).toBe(REPOSITORIES);
  });

  it('reads one repository again after a push to it', async () => {
    await github.push(nameOf(42), 'catalog-info.yaml', componentYaml(nameOf(42), ['system: payments']));
    await poll();
    expect(callsTo(/\/repos\/acme\//)).toBe(2);
    expect(callsTo(/\/repos\/acme\/service-042\//)).toBe(2);
    expect((await harness.entity('component', nameOf(42)))?.spec).toMatchObject({ system: 'payments' });
  });
});

describe('a host that limits calls', () => {
  const limits = [
    {
      name: '429 with Retry-After',
      answer: { status: 429, headers: { 'retry-after': '120' }, body: { message: 'Too many requests' } },
    },
    {
      name: '403 with a spent budget',
      answer: () => ({
        status: 403,
        headers: {
          ...{ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0' },
          'x-ratelimit-reset': String(Math.floor((Date.now() + aheadMs) / 1000) + 120),
        },
        body: { message: 'API rate limit exceeded' },
      }),
    },
    {
      name: '403 of a secondary limit',
      answer: { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
    },
  ];

  it.each(limits)('is left alone until it says so, and loses nothing ($name)', async ({ answer }) => {
    const changed = [3, 4, 5, 6, 7, 8].map(nameOf);
    const system = `after-${Math.trunc(aheadMs)}`;
    for (const name of changed) {
      await github.push(name, 'catalog-info.yaml', componentYaml(name, [`system: ${system}`]));
    }
    let trees = 0;
    github.intercept = (call) => {
      if (!call.includes('/git/trees/')) return undefined;
      trees += 1;
      return trees > 2 ? (typeof answer === 'function' ? answer() : answer) : undefined;
    };
    await poll();
    // Two repositories are read, the third call is refused, and after that nothing is called at all.
    expect(callsTo(/\/git\/trees\//)).toBe(3);
    expect(await countComponents()).toBe(REPOSITORIES);
    const waiting = await repositoriesIn('queued');
    expect(waiting).toHaveLength(4);
    expect(waiting.every(({ error }) => error?.code === 'host.rate-limited')).toBe(true);

    github.intercept = undefined;
    github.forget();
    aheadMs += 30_000;
    await harness.readDue();
    expect(github.calls).toEqual([]);

    aheadMs += 3 * MINUTE_MS;
    await harness.readDue();
    expect(await repositoriesIn('queued')).toEqual([]);
    for (const name of changed) {
      expect((await harness.entity('component', name))?.spec).toMatchObject({ system });
    }
    expect(await countComponents()).toBe(REPOSITORIES);
  });

  it('keeps the discovery ready, with a note, when it is the list that is refused', async () => {
    github.intercept = () => ({ status: 429, headers: { 'retry-after': '300' } });
    const source = await poll();
    expect(source).toMatchObject({ state: 'ready', error: { code: 'host.rate-limited' } });
    expect(github.calls).toHaveLength(1);
    github.intercept = undefined;
    expect(await poll()).toMatchObject({ state: 'ready' });
    expect((await theDiscovery()).error).toBeUndefined();
  });
});

describe('a token that is revoked', () => {
  it('fails the discovery with what to do, and leaves the repositories and entities as they are', async () => {
    await github.push(nameOf(9), 'catalog-info.yaml', componentYaml(nameOf(9), ['system: later']));
    github.intercept = () => ({ status: 401, body: { message: 'Bad credentials' } });
    const source = await poll();
    expect(source).toMatchObject({ state: 'failed', error: { code: 'host.unauthorized' } });
    expect(source.error?.hint).toContain('token');
    expect(github.calls).toHaveLength(1);
    expect(await repositoriesIn('ready')).toHaveLength(REPOSITORIES);
    expect(await countComponents()).toBe(REPOSITORIES);

    github.intercept = undefined;
    expect(await poll()).toMatchObject({ state: 'ready' });
    expect((await harness.entity('component', nameOf(9)))?.spec).toMatchObject({ system: 'later' });
  });

  it('makes no repository call it again once one has found out', async () => {
    const changed = [11, 12, 13].map(nameOf);
    for (const name of changed) {
      await github.push(name, 'catalog-info.yaml', componentYaml(name, ['system: much-later']));
    }
    github.intercept = (call) => (call.includes('/git/trees/') ? { status: 401 } : undefined);
    await poll();
    expect(callsTo(/\/git\/trees\//)).toBe(1);
    expect(await theDiscovery()).toMatchObject({ state: 'failed', error: { code: 'host.unauthorized' } });
    github.intercept = undefined;
    await poll();
    for (const name of changed) {
      expect((await harness.entity('component', name))?.spec).toMatchObject({ system: 'much-later' });
    }
  });
});

describe('a repository that', () => {
  it('is renamed keeps its entities, which say their new place', async () => {
    const before = await harness.entity('component', nameOf(20));
    await github.update(nameOf(20), { name: 'renamed' });
    await poll();
    const after = await harness.entity('component', nameOf(20));
    expect(after?.metadata?.uid).toBe(before?.metadata?.uid);
    expect(after?.metadata?.annotations?.['backstage.io/view-url']).toBe(
      `https://github.com/${ORGANISATION}/renamed/blob/main/catalog-info.yaml`,
    );
    expect(await countComponents()).toBe(REPOSITORIES);
  });

  it('is archived or deleted goes with what only it provided', async () => {
    await github.update(nameOf(21), { archived: true });
    await github.delete(nameOf(22));
    const source = await poll();
    expect(source.childCount).toBe(REPOSITORIES - 2);
    expect(await countComponents()).toBe(REPOSITORIES - 2);
    expect(await harness.entity('component', nameOf(21))).toBeUndefined();
    expect(await harness.entity('component', nameOf(22))).toBeUndefined();
  });

  it('cannot be reached keeps everything', async () => {
    await github.push(nameOf(30), 'catalog-info.yaml', componentYaml(nameOf(30), ['system: unseen']));
    github.intercept = (call) => (call.includes(nameOf(30)) ? { status: 502 } : undefined);
    await poll();
    expect(await repositoriesIn('failed')).toHaveLength(1);
    expect(await harness.entity('component', nameOf(30))).toBeDefined();
    github.intercept = undefined;
    await poll();
    expect((await harness.entity('component', nameOf(30)))?.spec).toMatchObject({ system: 'unseen' });
  });

  it('is left out of a list that moved on between two pages is asked for by name, and stays', async () => {
    github.intercept = (call) =>
      call.startsWith('/orgs/acme/repos') && call.includes('&page=2')
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: [] }
        : undefined;
    await poll();
    github.intercept = undefined;
    expect(await countComponents()).toBe(REPOSITORIES - 2);
    // Of the 98 that are missing, 50 are asked for; the others stay without being asked for.
    expect(callsTo(/^\/repos\/acme\/[^/]+$/)).toBe(50);
  });
});

describe('a list that is not what GitHub promises', () => {
  const json = { 'content-type': 'application/json' };
  const list = (body: unknown, headers: Record<string, string> = json) => ({ status: 200, headers, body });
  const repository = {
    id: 1,
    full_name: 'acme/odd',
    default_branch: 'main',
    pushed_at: '2026-01-01T00:00:00Z',
  };
  const page = (call: string) => Number(/&page=(\d+)/.exec(call)?.[1]);
  const next = { ...json, link: '<http://127.0.0.1/next>; rel="next"' };

  it.each([
    [
      'a page of HTML',
      () => list('<html>Sign in</html>', { 'content-type': 'text/html' }),
      'host.bad-answer',
    ],
    ['an object', () => list({ message: 'hello' }), 'host.bad-answer'],
    ['text that is no JSON', () => list('[{"id":'), 'host.bad-answer'],
    ['one page again and again', () => list([repository], next), 'host.bad-answer'],
    [
      'pages without an end',
      (call: string) => list([{ ...repository, id: page(call) }], next),
      'host.bad-answer',
    ],
    [
      'more bytes than anybody reads',
      () => list(`"${'x'.repeat(40 * 1024 * 1024)}"`),
      'host.answer-too-large',
    ],
    ['an error of the server', () => ({ status: 500 }), 'host.unavailable'],
    [
      'a redirect to somewhere else',
      () => ({ status: 302, headers: { location: 'https://evil.example/' } }),
      'host.unreachable',
    ],
  ])('fails for %s, and nothing goes', async (_, answer, code) => {
    const before = await countComponents();
    github.intercept = (call) => (call.startsWith('/orgs/') ? answer(call) : undefined);
    const source = await poll();
    github.intercept = undefined;
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(await countComponents()).toBe(before);
  });

  it.each([
    ['a negative id', { ...repository, id: -1 }],
    ['a name of ten megabytes', { ...repository, full_name: `acme/${'x'.repeat(10 * 1024 * 1024)}` }],
    ['a name that leads elsewhere', { ...repository, full_name: 'acme/../../etc' }],
    ['a name with a direction override', { ...repository, full_name: 'acme/x\u202eyz' }],
    ['wrong types', { id: 'one', full_name: 7 }],
    ['nothing', null],
  ])('leaves out a repository with %s, and takes nothing for gone', async (_, odd) => {
    const before = await countComponents();
    github.intercept = (call) => (call.startsWith('/orgs/') ? list([odd]) : undefined);
    const source = await poll();
    github.intercept = undefined;
    expect(source).toMatchObject({ state: 'ready', error: { code: 'discovery.incomplete' } });
    expect(github.calls).toHaveLength(1);
    expect(await countComponents()).toBe(before);
  });
});

describe('a discovery that is declared no more', () => {
  it('goes with its repositories and what only they provided', async () => {
    await harness.declare([]);
    expect(await countComponents()).toBe(0);
    const { items } = await harness.api.call(listSources, { query: {} });
    expect(items).toEqual([]);
  });
});
