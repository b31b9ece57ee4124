import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient, type ApiClient } from '@waymark/api-client';
import { catalogVersionHeaders, listSources, queryEntities, refreshSource } from '@waymark/contracts';
import { createTestDatabase, type TestDatabase } from '@waymark/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startPostgresProxy, type PostgresProxy } from './testing/postgres-proxy.ts';
import {
  eventually,
  findFreePort,
  startServerProcess,
  type ServerProcess,
} from './testing/server-process.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from './testing/source-folder.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `svc-${index}`);
/** How many times something is written: more by hand than in the suite. */
const WRITES = Number(process.env['WAYMARK_COHERENCE_WRITES'] ?? 40);

let database: TestDatabase;
let folder: SourceFolder;
let home: string;
let proxies: PostgresProxy[];
let servers: ServerProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await makeSourceFolder();
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  const config = { catalog: { locations: [{ type: 'file', target: folder.directory }] } };
  await writeFile(path.join(home, 'waymark.yaml'), JSON.stringify(config));
  proxies = [await startPostgresProxy(database.url), await startPostgresProxy(database.url)];
  const start = async (role: 'api' | 'worker', databaseUrl: string) =>
    startServerProcess({
      role,
      port: await findFreePort(),
      databaseUrl,
      home,
      configFile: path.join(home, 'waymark.yaml'),
    });
  servers = await Promise.all([
    ...proxies.map(({ url }) => start('api', url)),
    start('worker', database.url),
  ]);
  await Promise.all(servers.map(({ ready }) => ready));
}, 300_000);

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()));
  await database.drop();
  await folder[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

/** Numbers that look random and are the same in each run (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One reader that asks both processes in turn and remembers what it has seen. */
interface Reader {
  answers: number;
  refusals: number;
  stop(): Promise<void>;
}

/** Reads until stopped; throws out of `stop` when an answer was older than one before it. */
function startReader(urls: readonly string[], seed: number): Reader {
  const random = createRandom(seed);
  const counters = new Map<string, number>();
  let version = 0;
  let isStopped = false;
  const reader = { answers: 0, refusals: 0 };
  const readOnce = async () => {
    const name = NAMES[random(NAMES.length)] ?? '';
    const url = urls[random(urls.length)] ?? '';
    const response = await fetch(`${url}/api/catalog/entities/by-name/component/default/${name}`, {
      headers: { [catalogVersionHeaders.atLeast]: String(version) },
    });
    const body = (await response.json()) as { spec?: { counter: number } };
    if (response.status === 503) {
      reader.refusals += 1;
      return;
    }
    const shown = Number(response.headers.get(catalogVersionHeaders.version));
    expect(shown, 'the version of an answer').toBeGreaterThanOrEqual(version);
    version = shown;
    reader.answers += 1;
    if (body.spec === undefined) return;
    expect(body.spec.counter, `the content of ${name}`).toBeGreaterThanOrEqual(counters.get(name) ?? 0);
    counters.set(name, body.spec.counter);
  };
  const running = (async () => {
    while (!isStopped) await readOnce();
  })();
  running.catch(() => {}); // thrown again by stop()
  return Object.assign(reader, {
    async stop() {
      isStopped = true;
      await running;
    },
  });
}

/** Writes, asks for reads and breaks connections, in an order that is the same in each run. */
async function writeAndBreak(client: ApiClient, sourceId: string): Promise<void> {
  const random = createRandom(7);
  const written = new Set<string>();
  for (let counter = 1; counter <= WRITES; counter += 1) {
    const name = NAMES[random(NAMES.length)] ?? '';
    if (random(5) === 0 && written.delete(name)) await folder.remove(`${name}.yaml`);
    else {
      written.add(name);
      const other = NAMES[random(NAMES.length)] ?? '';
      await folder.write(
        `${name}.yaml`,
        componentYaml(name, [`counter: ${counter}`, `dependsOn: [component:${other}]`]),
      );
    }
    const proxy = proxies[random(proxies.length)];
    if (proxy && random(3) === 0) proxy.losesNotifications = !proxy.losesNotifications;
    if (proxy && random(4) === 0) proxy.cutAll();
    await eventually(
      () => client.call(refreshSource, { params: { id: sourceId } }),
      () => true,
    );
    await eventually(
      () => client.call(listSources, { query: {} }),
      ({ items }) => items[0]?.state === 'ready',
    );
  }
}

it('never shows a client an older state, and both processes end where the database is', async () => {
  const apis = servers.slice(0, 2);
  const urls = apis.map(({ url }) => url);
  const client = createApiClient({ baseUrl: urls[0] ?? '', fetch });
  const sources = await eventually(
    () => client.call(listSources, { query: {} }),
    ({ items }) => items[0]?.state === 'ready',
  );
  const readers = [1, 2, 3].map((seed) => startReader(urls, seed));
  await writeAndBreak(client, sources.items[0]?.id ?? '');
  const endedAt = performance.now();

  const sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const { rows } = await sql.query<{ ref: string; counter: number; target: string }>(
    `SELECT ref, (entity -> 'spec' ->> 'counter')::int AS counter, split_part(edge, ' ', 2) AS target
       FROM catalog_entity, unnest(relations) AS edge
      WHERE is_holder AND edge LIKE 'dependsOn %' ORDER BY ref COLLATE "C"`,
  );
  await sql.end();
  const truth = rows.map(({ ref, counter, target }) => `${ref} ${counter} ${target}`);
  expect(truth.length).toBeGreaterThan(3);
  for (const url of urls) {
    // No demand for a version here: each process must come to the end by itself.
    const shown = () => readComponents(url);
    const items = await eventually(shown, (lines) => lines.join() === truth.join());
    expect(items).toEqual(truth);
    for (const target of new Set(rows.map((row) => row.target))) {
      const { totalItems } = await createApiClient({ baseUrl: url, fetch }).call(queryEntities, {
        query: { filter: `relations.dependsOn=${target}`, limit: 0 },
      });
      expect(totalItems).toBe(rows.filter((row) => row.target === target).length);
    }
  }
  console.info(`both processes are at the end after ${Math.round(performance.now() - endedAt)} ms`);
  for (const reader of readers) {
    await reader.stop();
    expect(reader.answers).toBeGreaterThan(WRITES);
  }
}, 300_000);

async function readComponents(url: string): Promise<string[]> {
  const { items } = await createApiClient({ baseUrl: url, fetch }).call(queryEntities, {
    query: { filter: 'kind=component', limit: 100 },
  });
  return items
    .map(({ metadata, spec, relations }) => {
      const target = relations?.find(({ type }) => type === 'dependsOn')?.targetRef;
      return `component:default/${metadata?.name} ${String(spec?.['counter'])} ${target}`;
    })
    .sort();
}
