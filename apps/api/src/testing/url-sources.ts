import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listSourceProblems, queryEntities, type Source, type SourceProblem } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from './catalog-harness.ts';
import { startFakeGitHosts, type FakeGitHosts } from './fake-git-hosts.ts';

/** Sources by URL, from hosts that a test fills. */
export interface UrlSources {
  readonly harness: CatalogHarness;
  readonly hosts: FakeGitHosts;
  readonly home: string;
  /** Declares these sources and no other; resolves to their ids. */
  declare(...targets: string[]): Promise<string[]>;
  /** Declares one source and reads it. */
  readUrl(target: string): Promise<{ id: string; source: Source }>;
  /** Names of what the catalog has, but for the Locations that registering makes. */
  names(): Promise<string[]>;
  problemsOf(id: string): Promise<SourceProblem[]>;
}

/** Starts hosts and a catalog for the tests of a file, and empties both between them. */
export function useUrlSources(): UrlSources {
  const database = useTestDatabase();
  let home: string;
  let hosts: FakeGitHosts;
  let harness: CatalogHarness;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
    hosts = await startFakeGitHosts({});
    harness = await startCatalogHarness({
      ...{ databaseUrl: database().url, home },
      config: {
        integrations: {
          github: [{ host: 'github.com', apiBaseUrl: hosts.githubApi, token: 'github-secret' }],
          gitlab: [{ host: 'gitlab.com', apiBaseUrl: hosts.gitlabApi, token: 'gitlab-secret' }],
        },
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
    hosts.failure = undefined;
    hosts.isTruncating = false;
  });
  afterEach(async () => {
    await harness.declare([]);
  });
  const declare = async (...targets: string[]) =>
    harness.declare(targets.map((target) => ({ type: 'url', target, origin: 'config' as const })));
  return {
    get harness() {
      return harness;
    },
    get hosts() {
      return hosts;
    },
    get home() {
      return home;
    },
    declare,
    async readUrl(target) {
      const [id = ''] = await declare(target);
      return { id, source: await harness.read(id) };
    },
    async names() {
      const { items } = await harness.api.call(queryEntities, { query: { limit: 1000 } });
      return items
        .map((entity) => entity.metadata?.name ?? '?')
        .filter((name) => !name.startsWith('generated-'))
        .sort();
    },
    problemsOf: async (id) =>
      (await harness.api.call(listSourceProblems, { params: { id }, query: {} })).items,
  };
}
