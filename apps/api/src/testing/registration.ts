import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CatalogClient } from '@backstage/catalog-client';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { fetchInto, startCatalogHarness, type CatalogHarness } from './catalog-harness.ts';
import { startFakeGitHosts, type FakeGitHosts } from './fake-git-hosts.ts';
import { startGitHttpServer, type GitHttpServer } from './git-http-server.ts';
import { componentYaml } from './source-folder.ts';

/** What people register in tests: a repository on a known host, and one of a Git server. */
export interface Registration {
  readonly harness: CatalogHarness;
  readonly hosts: FakeGitHosts;
  readonly git: GitHttpServer;
  readonly home: string;
  /** The stock client of Backstage. */
  readonly client: CatalogClient;
  /** Actions in the audit log, in order. */
  auditActions(): Promise<string[]>;
}

/** Starts hosts and a catalog for the tests of a file; before each of them nothing is registered. */
export function useRegistration(): Registration {
  const database = useTestDatabase();
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
  return {
    get harness() {
      return harness;
    },
    get hosts() {
      return hosts;
    },
    get git() {
      return git;
    },
    get home() {
      return home;
    },
    get client() {
      return client;
    },
    async auditActions() {
      const { rows } = await harness.database.pool.query<{ action: string }>(
        'SELECT action FROM audit_entry ORDER BY id',
      );
      return rows.map(({ action }) => action);
    },
  };
}
