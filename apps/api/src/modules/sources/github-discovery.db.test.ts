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
    integrations: { github: [{ host: 'github.com', apiBaseUrl: github.url, token: 'secret-token' }] },
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
