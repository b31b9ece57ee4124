import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { queryEntities } from '@waymark/contracts';
import { generateCatalog } from '../catalog-generator.ts';
import type { CatalogSample } from '../catalog-generator/sample.ts';
import { announceFirst, makeHome } from '../support/bench-server.ts';
import { makeDatabase } from '../support/bench-database.ts';
import type { BenchOptions } from './bench-options.ts';
import { measureIngestion } from './ingestion.ts';
import { startLoadGenerator, type LoadGenerator } from './load-generator.ts';
import type { LoadResult } from './load-order.ts';
import { watchPeakMemory } from './peak-memory.ts';
import { measurePortal } from './portal.ts';
import {
  makePushedRepository,
  measurePush,
  WEBHOOK_CONNECTION,
  type PushedRepository,
} from './pushed-commit.ts';
import { connectionCounts, type SizeResult, type WorkloadResult } from './report.ts';
import { createServerClient, type ServerClient } from '../support/server-client.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import {
  byNamePaths,
  facetPaths,
  fullTextPaths,
  graphPaths,
  kindTypeFilters,
  ownedByFilters,
  pagePaths,
  searchPaths,
  type FilteredList,
  type Workload,
  type WorkloadName,
} from './workloads.ts';

export interface MeasureSizeOptions extends Omit<BenchOptions, 'entities'> {
  entities: number;
  signal: AbortSignal;
  /** Told what is done next. */
  announce: (text: string) => void;
}

/** Idle threads and the heap's spare room are given back within this time. */
const REST_MS = 10_000;

/** Measures everything with one catalog, on a database and a server of its own; leaves nothing behind. */
export async function measureSize(options: MeasureSizeOptions): Promise<SizeResult> {
  const { entities, signal, announce } = options;
  await using resources = new AsyncDisposableStack();
  const home = await makeHome(resources);
  const generatedDirectory = join(home, 'generated');
  announce('generating the catalog');
  const catalog = await generateCatalog({ entities, directory: generatedDirectory });
  const bytes = await totalSize(catalog.files);
  signal.throwIfAborted();

  announce('starting database and server');
  const sourceDirectory = join(home, 'source');
  await mkdir(sourceDirectory);
  const serverUrl = process.env['DATABASE_URL'] || undefined;
  const database = await makeDatabase({ home, serverUrl, signal, resources });
  const { profileDirectory } = options;
  const pushed = await makePushedRepository(home);
  const server = await startServer({
    ...{ databaseUrl: database.url, home, profileDirectory, signal, resources },
    config: configOf(sourceDirectory, pushed),
    onLogLine: announceFirst(announce),
  });
  const measuring = measureServer(options, server, resources, {
    generatedDirectory,
    sourceDirectory,
    pushed,
    fileNames: catalog.files.map((file) => basename(file)),
    sample: catalog.sample,
  });
  // Load on a server that is gone would never come to its end.
  const measured = await Promise.race([measuring, server.ended]);
  return {
    entities,
    files: catalog.files.length,
    bytes,
    postgresVersion: database.postgresVersion,
    ...measured,
  };
}

/** A server in trouble logs thousands of lines; the first few say which. */
/** A folder and a repository, and no reading of them but those that are asked for. */
function configOf(sourceDirectory: string, { url, secret }: PushedRepository): object {
  const locations = [
    { type: 'file', target: sourceDirectory },
    { type: 'git', target: url },
  ];
  const connection = { name: WEBHOOK_CONNECTION, type: 'github', secret };
  return { catalog: { refreshSeconds: 86_400, locations }, ingest: { connections: [connection] } };
}

interface CatalogPlaces {
  generatedDirectory: string;
  sourceDirectory: string;
  fileNames: readonly string[];
  pushed: PushedRepository;
  sample: CatalogSample;
}

async function measureServer(
  { entities, seconds, workloads, extras, signal, announce }: MeasureSizeOptions,
  server: ServerProcess,
  resources: AsyncDisposableStack,
  { sample, pushed, ...places }: CatalogPlaces,
): Promise<Pick<SizeResult, 'ingestion' | 'workloads' | 'pushSeconds' | 'portal' | 'memory'>> {
  const memory = resources.adopt(watchPeakMemory(server.pid), (watch) => watch.stop());
  const client = createServerClient(server.url, signal);
  announce('ingesting');
  const ingestion = await measureIngestion({ client, entities, ...places });
  const peakOfIngestion = await memory.read();

  const generator = startLoadGenerator(signal, resources);
  const results: WorkloadResult[] = [];
  for (const name of workloads) {
    announce(`asking ${name}`);
    // What the load before left in the server's queue is not this one's.
    await client.pollUntil(queryEntities, { query: { limit: 0 } }, () => true);
    const workload = await makeWorkload(name, sample, client);
    results.push(await measureWorkload(workload, { generator, baseUrl: server.url, seconds }));
  }
  const pushSeconds = extras.includes('push') ? await measurePush(pushed, client, server.url) : undefined;
  announce('leaving it alone');
  await delay(REST_MS, undefined, { signal });
  const atRest = await memory.readNow();
  const portal = extras.includes('portal')
    ? await measurePortal({ url: server.url, client, sample, resources })
    : undefined;
  const peak = await memory.read();
  return { ingestion, workloads: results, pushSeconds, portal, memory: { peakOfIngestion, peak, atRest } };
}

async function makeWorkload(
  name: WorkloadName,
  sample: CatalogSample,
  client: ServerClient,
): Promise<Workload> {
  switch (name) {
    case 'by-query':
      return { name, replyKind: 'page', paths: pagePaths(await countLists(kindTypeFilters(sample), client)) };
    case 'owned-by':
      return { name, replyKind: 'page', paths: pagePaths(await countLists(ownedByFilters(sample), client)) };
    case 'full-text':
      return { name, replyKind: 'page', paths: fullTextPaths(sample) };
    case 'by-name':
      return { name, replyKind: 'entity', paths: byNamePaths(sample) };
    case 'facets':
      return { name, replyKind: 'facets', paths: facetPaths(sample) };
    case 'search':
      return { name, replyKind: 'search', paths: searchPaths(sample) };
    case 'graph':
      return { name, replyKind: 'graph', paths: graphPaths(sample) };
  }
}

/** How long each list is. Without items, so that the first page of each is still to be asked for. */
async function countLists(filters: readonly string[], client: ServerClient): Promise<FilteredList[]> {
  const lists: FilteredList[] = [];
  for (const filter of filters) {
    const parts = { query: { filter, limit: 0 } };
    const { totalItems } = await client.pollUntil(queryEntities, parts, () => true);
    lists.push({ filter, totalItems });
  }
  return lists;
}

async function measureWorkload(
  { name, paths, replyKind }: Workload,
  { generator, baseUrl, seconds }: { generator: LoadGenerator; baseUrl: string; seconds: number },
): Promise<WorkloadResult> {
  const cold = await generator.fire({ baseUrl, paths, connections: 1, seconds: undefined, check: replyKind });
  const [bad] = cold.badReplies;
  if (bad !== undefined) throw new Error(`${name}: GET ${bad.path} gives ${bad.reason}`);
  const warm: { connections: number; load: LoadResult }[] = [];
  for (const connections of connectionCounts) {
    warm.push({
      connections,
      load: await generator.fire({ baseUrl, paths, connections, seconds, check: undefined }),
    });
  }
  return { name, distinct: paths.length, cold, warm };
}

async function totalSize(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
