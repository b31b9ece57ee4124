import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityFacets, listSources, type Source } from '@waymark/contracts';
import { declarationsOf } from '../modules/sources/provider-declarations.ts';
import { providersSchema } from '../platform/provider-config.ts';
import { startCatalogHarness, type CatalogHarness } from './catalog-harness.ts';
import { ORGANISATION, startGitHubEmulator, type GitHubEmulator } from './github-emulator.ts';
import { componentYaml } from './source-folder.ts';

/** A minute in milliseconds. */
export const MINUTE_MS = 60_000;

/** A catalog that discovers the repositories of an emulated GitHub, on a clock that the test moves. */
export interface GitHubCatalog extends AsyncDisposable {
  readonly github: GitHubEmulator;
  readonly harness: CatalogHarness;
  now(): Date;
  advance(durationMs: number): void;
  /** Lets the time pass until the discovery looks again, and reads everything that is due then. */
  poll(): Promise<Source>;
  discovery(): Promise<Source>;
  /** Repositories of the discovery. */
  repositoriesIn(state: Source['state']): Promise<Source[]>;
  countComponents(): Promise<number>;
  /** Calls that were made since the last poll. */
  callsTo(pattern: RegExp): number;
}

/** Of the repository with this number. */
export function nameOf(number: number): string {
  return `service-${String(number).padStart(3, '0')}`;
}

/** Starts an organisation with this many repositories, each with one component of the same name. */
export async function startGitHubCatalog(
  databaseUrl: string,
  repositories: number,
  providers: Record<string, unknown> = {},
): Promise<GitHubCatalog> {
  const home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  const github = await startGitHubEmulator(['zoe', 'yan']);
  for (let number = 0; number < repositories; number += 1) {
    const name = nameOf(number);
    await github.createRepository(name, { 'catalog-info.yaml': componentYaml(name) });
  }
  // The host's clock is the real one, so ours is ahead: then what the host has noted has settled. It stands
  // still between two steps of the test, however slow the machine is.
  let nowMs = Date.now() + 60 * MINUTE_MS;
  const now = () => new Date(nowMs);
  const harness = await startCatalogHarness({
    ...{ databaseUrl, home, now, refreshIntervalMs: 2 * MINUTE_MS },
    config: {
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl: github.url, token: 'secret-token' }],
        gitlab: [],
      },
    },
  });
  await harness.declare(
    declarationsOf(providersSchema.parse({ github: { organization: ORGANISATION }, ...providers })),
  );
  const sourcesOf = async (query: { parentId?: string; state?: Source['state'] }) =>
    (await harness.api.call(listSources, { query: { limit: 500, ...query } })).items;

  const catalog: GitHubCatalog = {
    ...{ github, harness, now },
    advance: (durationMs) => void (nowMs += durationMs),
    async poll() {
      catalog.advance(10 * MINUTE_MS);
      github.forget();
      await harness.readDue();
      return catalog.discovery();
    },
    async discovery() {
      const found = (await sourcesOf({})).find(({ type }) => type === 'github-discovery');
      if (!found) throw new Error('The discovery is not listed.');
      return found;
    },
    repositoriesIn: async (state) => sourcesOf({ parentId: (await catalog.discovery()).id, state }),
    async countComponents() {
      const { facets } = await harness.api.call(getEntityFacets, { query: { facet: ['kind'] } });
      return facets['kind']?.find(({ value }) => value === 'Component')?.count ?? 0;
    },
    callsTo: (pattern) => github.calls.filter((call) => pattern.test(call.path)).length,
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
      await rm(home, { recursive: true });
    },
  };
  return catalog;
}
