import { listSources } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MINUTE_MS, nameOf, startGitHubCatalog, type GitHubCatalog } from '../../testing/github-catalog.ts';
import { ORGANISATION } from '../../testing/github-emulator.ts';
import { componentYaml } from '../../testing/source-folder.ts';

const REPOSITORIES = 200;

// Hundreds of calls over real HTTP, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const database = useTestDatabase();
let catalog: GitHubCatalog;

beforeAll(async () => {
  catalog = await startGitHubCatalog(database().url, REPOSITORIES);
});
afterAll(() => catalog[Symbol.asyncDispose]());

describe('a discovery of 200 repositories', () => {
  it('reads each with one call for its tree and one for its contents', async () => {
    const source = await catalog.poll();
    expect(source).toMatchObject({
      state: 'ready',
      childCount: REPOSITORIES,
      counts: { entities: REPOSITORIES },
    });
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
    expect(catalog.callsTo(/\/orgs\/acme\/repos/)).toBe(2);
    expect(catalog.callsTo(/\/git\/trees\//)).toBe(REPOSITORIES);
    expect(catalog.callsTo(/\/git\/blobs\//)).toBe(REPOSITORIES);
    expect(catalog.github.calls).toHaveLength(2 * REPOSITORIES + 2);
    expect(catalog.github.calls.every(({ authorization }) => authorization === 'token secret-token')).toBe(
      true,
    );
    expect(source.rateLimit).toMatchObject({ limit: 5000 });
  });

  it('says where each entity is', async () => {
    const entity = await catalog.harness.entity('component', nameOf(7));
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
    const source = await catalog.poll();
    // The list is as long as two full pages, so a third is asked for to see that there is none.
    expect(catalog.github.calls.map(({ status }) => status)).toEqual([304, 304, 200]);
    expect(source).toMatchObject({ state: 'ready', childCount: REPOSITORIES });
    expect(await catalog.repositoriesIn('ready')).toHaveLength(REPOSITORIES);
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
  });

  it('reads one repository again after a push to it', async () => {
    await catalog.github.push(
      nameOf(42),
      'catalog-info.yaml',
      componentYaml(nameOf(42), ['system: payments']),
    );
    await catalog.poll();
    expect(catalog.callsTo(/\/repos\/acme\//)).toBe(2);
    expect(catalog.callsTo(/\/repos\/acme\/service-042\//)).toBe(2);
    expect((await catalog.harness.entity('component', nameOf(42)))?.spec).toMatchObject({
      system: 'payments',
    });
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
          'x-ratelimit-reset': String(Math.floor(catalog.now().getTime() / 1000) + 120),
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
    const system = `after-${catalog.now().getTime()}`;
    for (const name of changed) {
      await catalog.github.push(name, 'catalog-info.yaml', componentYaml(name, [`system: ${system}`]));
    }
    let trees = 0;
    catalog.github.intercept = (call) => {
      if (!call.includes('/git/trees/')) return undefined;
      trees += 1;
      return trees > 2 ? (typeof answer === 'function' ? answer() : answer) : undefined;
    };
    await catalog.poll();
    // Two repositories are read, the third call is refused, and after that nothing is called at all.
    expect(catalog.callsTo(/\/git\/trees\//)).toBe(3);
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
    const waiting = await catalog.repositoriesIn('queued');
    expect(waiting).toHaveLength(4);
    expect(waiting.every(({ error }) => error?.code === 'host.rate-limited')).toBe(true);

    catalog.github.intercept = undefined;
    catalog.github.forget();
    catalog.advance(30_000);
    await catalog.harness.readDue();
    expect(catalog.github.calls).toEqual([]);

    catalog.advance(3 * MINUTE_MS);
    await catalog.harness.readDue();
    expect(await catalog.repositoriesIn('queued')).toEqual([]);
    for (const name of changed) {
      expect((await catalog.harness.entity('component', name))?.spec).toMatchObject({ system });
    }
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
  });

  it('keeps the discovery ready, with a note, when it is the list that is refused', async () => {
    catalog.github.intercept = () => ({ status: 429, headers: { 'retry-after': '300' } });
    const source = await catalog.poll();
    expect(source).toMatchObject({ state: 'ready', error: { code: 'host.rate-limited' } });
    expect(catalog.github.calls).toHaveLength(1);
    catalog.github.intercept = undefined;
    expect(await catalog.poll()).toMatchObject({ state: 'ready' });
    expect((await catalog.discovery()).error).toBeUndefined();
  });
});

describe('a token that is revoked', () => {
  it('fails the discovery with what to do, and leaves the repositories and entities as they are', async () => {
    await catalog.github.push(nameOf(9), 'catalog-info.yaml', componentYaml(nameOf(9), ['system: later']));
    catalog.github.intercept = () => ({ status: 401, body: { message: 'Bad credentials' } });
    const source = await catalog.poll();
    expect(source).toMatchObject({ state: 'failed', error: { code: 'host.unauthorized' } });
    expect(source.error?.hint).toContain('token');
    expect(catalog.github.calls).toHaveLength(1);
    expect(await catalog.repositoriesIn('ready')).toHaveLength(REPOSITORIES);
    expect(await catalog.countComponents()).toBe(REPOSITORIES);

    catalog.github.intercept = undefined;
    expect(await catalog.poll()).toMatchObject({ state: 'ready' });
    expect((await catalog.harness.entity('component', nameOf(9)))?.spec).toMatchObject({ system: 'later' });
  });

  it('makes no repository call it again once one has found out', async () => {
    const changed = [11, 12, 13].map(nameOf);
    for (const name of changed) {
      await catalog.github.push(name, 'catalog-info.yaml', componentYaml(name, ['system: much-later']));
    }
    catalog.github.intercept = (call) => (call.includes('/git/trees/') ? { status: 401 } : undefined);
    await catalog.poll();
    expect(catalog.callsTo(/\/git\/trees\//)).toBe(1);
    expect(await catalog.discovery()).toMatchObject({
      state: 'failed',
      error: { code: 'host.unauthorized' },
    });
    catalog.github.intercept = undefined;
    await catalog.poll();
    for (const name of changed) {
      expect((await catalog.harness.entity('component', name))?.spec).toMatchObject({ system: 'much-later' });
    }
  });
});

describe('a repository that', () => {
  it('is renamed keeps its entities, which say their new place', async () => {
    const before = await catalog.harness.entity('component', nameOf(20));
    await catalog.github.update(nameOf(20), { name: 'renamed' });
    await catalog.poll();
    const after = await catalog.harness.entity('component', nameOf(20));
    expect(after?.metadata?.uid).toBe(before?.metadata?.uid);
    expect(after?.metadata?.annotations?.['backstage.io/view-url']).toBe(
      `https://github.com/${ORGANISATION}/renamed/blob/main/catalog-info.yaml`,
    );
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
  });

  it('is archived or deleted goes with what only it provided', async () => {
    await catalog.github.update(nameOf(21), { archived: true });
    await catalog.github.delete(nameOf(22));
    const source = await catalog.poll();
    expect(source.childCount).toBe(REPOSITORIES - 2);
    expect(await catalog.countComponents()).toBe(REPOSITORIES - 2);
    expect(await catalog.harness.entity('component', nameOf(21))).toBeUndefined();
    expect(await catalog.harness.entity('component', nameOf(22))).toBeUndefined();
  });

  it('cannot be reached keeps everything', async () => {
    await catalog.github.push(nameOf(30), 'catalog-info.yaml', componentYaml(nameOf(30), ['system: unseen']));
    catalog.github.intercept = (call) => (call.includes(nameOf(30)) ? { status: 502 } : undefined);
    await catalog.poll();
    expect(await catalog.repositoriesIn('failed')).toHaveLength(1);
    expect(await catalog.harness.entity('component', nameOf(30))).toBeDefined();
    catalog.github.intercept = undefined;
    await catalog.poll();
    expect((await catalog.harness.entity('component', nameOf(30)))?.spec).toMatchObject({ system: 'unseen' });
  });

  it('is left out of a list that moved on between two pages is asked for by name, and stays', async () => {
    catalog.github.intercept = (call) =>
      call.startsWith('/orgs/acme/repos') && call.includes('&page=2')
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: [] }
        : undefined;
    await catalog.poll();
    catalog.github.intercept = undefined;
    expect(await catalog.countComponents()).toBe(REPOSITORIES - 2);
    // Of the 98 that are missing, 50 are asked for; the others stay without being asked for.
    expect(catalog.callsTo(/^\/repos\/acme\/[^/]+$/)).toBe(50);
  });
});

describe('a discovery that is declared no more', () => {
  it('goes with its repositories and what only they provided', async () => {
    await catalog.harness.declare([]);
    expect(await catalog.countComponents()).toBe(0);
    const { items } = await catalog.harness.api.call(listSources, { query: {} });
    expect(items).toEqual([]);
  });
});
