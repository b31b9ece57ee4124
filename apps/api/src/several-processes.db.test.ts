import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient } from '@waymark/api-client';
import { getEntityByName, listSources, queryEntities, refreshSource } from '@waymark/contracts';
import { createTestDatabase, type TestDatabase } from '@waymark/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  eventually,
  findFreePort,
  startServerProcess,
  type ServerProcess,
} from './testing/server-process.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from './testing/source-folder.ts';

let database: TestDatabase;
let folder: SourceFolder;
let home: string;
let servers: ServerProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await makeSourceFolder();
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  servers = [];
  // JSON is YAML, and a path needs no further care in it.
  const config = { catalog: { locations: [{ type: 'file', target: folder.directory }] } };
  await writeFile(path.join(home, 'waymark.yaml'), JSON.stringify(config));
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await database.drop();
  await folder[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

async function start(role: 'api' | 'worker'): Promise<ServerProcess> {
  const server = startServerProcess({
    role,
    port: await findFreePort(),
    databaseUrl: database.url,
    home,
    configFile: path.join(home, 'waymark.yaml'),
  });
  servers.push(server);
  return server;
}

const clientOf = ({ url }: ServerProcess) => createApiClient({ baseUrl: url, fetch });

describe('two API processes and a worker on one database', () => {
  it('show the same catalog and every refresh of it, and each outlives the other', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    const [first, second, worker] = await Promise.all([start('api'), start('api'), start('worker')]);
    await Promise.all([first.ready, second.ready, worker.ready]);
    const apis = [first, second].map(clientOf);
    const total = async (api: (typeof apis)[number]) =>
      (await api.call(queryEntities, { query: { limit: 0 } })).totalItems;
    for (const api of apis)
      await eventually(
        () => total(api),
        (count) => count === 1,
      );

    const [source] = (await clientOf(first).call(listSources, { query: {} })).items;
    const id = source?.id ?? '';
    await eventually(
      () => clientOf(first).call(listSources, { query: {} }),
      ({ items }) => items[0]?.state === 'ready',
    );
    await folder.write('a.yaml', componentYaml('one', ['system: changed']));
    const askedAt = performance.now();
    await clientOf(first).call(refreshSource, { params: { id } });
    for (const api of apis) {
      const entity = () =>
        api.call(getEntityByName, {
          params: { kind: 'component', namespace: 'default', name: 'one' },
          query: {},
        });
      await eventually(entity, ({ spec }) => spec?.['system'] === 'changed');
    }
    console.info(`the change shows through both after ${Math.round(performance.now() - askedAt)} ms`);

    await first.end('SIGKILL');
    await folder.write('b.yaml', componentYaml('two'));
    await clientOf(second).call(refreshSource, { params: { id } });
    await eventually(
      () => total(clientOf(second)),
      (count) => count === 2,
    );
    await second.end('SIGTERM');
    await worker.end('SIGTERM');
    expect([second.child.exitCode, worker.child.exitCode]).toEqual([0, 0]);
  }, 180_000);
});

/** How often and how much: more by hand than in the suite. */
const KILLS = Number(process.env['WAYMARK_CRASH_KILLS'] ?? 2);
const ENTITIES = Number(process.env['WAYMARK_CRASH_ENTITIES'] ?? 3_000);
const PER_FILE = 100;

describe('a worker that is killed in the middle of reading', () => {
  it('leaves nothing half-written, and the next one ends with every entity exactly once', async () => {
    for (let file = 0; file < ENTITIES / PER_FILE; file += 1) {
      const documents = Array.from({ length: PER_FILE }, (_, index) =>
        componentYaml(`svc-${file * PER_FILE + index}`, [
          `dependsOn: [component:svc-${(file * PER_FILE + index + 1) % ENTITIES}]`,
        ]),
      );
      await folder.write(`part-${file}.yaml`, documents.join('---\n'));
    }
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const count = async (sql: string, ...values: unknown[]) =>
      Number((await client.query<{ count: string }>(sql, values)).rows[0]?.count);
    const entities = () => count('SELECT count(*) FROM catalog_entity');
    const states: number[] = [];
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const startedAt = new Date().toISOString();
        const worker = await start('worker');
        // A read that this worker began, not one that the last left behind. Every other one dies in its merge.
        const isInMerge = kill % 2 === 1;
        const reading = () =>
          count(
            `SELECT count(*) FROM catalog_source
              WHERE state = 'ready'
                 OR (progress ->> 'startedAt' > $1 AND ($2 = 'any' OR progress ->> 'stage' = $2))`,
            startedAt,
            isInMerge ? 'writing' : 'any',
          );
        await eventually(reading, (rows) => rows === 1);
        if (!isInMerge) await new Promise((resolve) => setTimeout(resolve, kill * 75)); // dies at another point each time
        await worker.end('SIGKILL');
        states.push(await entities());
      }
      const survivor = await start('worker');
      await survivor.ready;
      const finished = () =>
        count("SELECT count(*) FROM catalog_source WHERE state = 'ready' AND revision IS NOT NULL");
      await eventually(finished, (rows) => rows === 1, 120_000);
      expect(new Set([...states, 0, ENTITIES])).toEqual(new Set([0, ENTITIES]));
      expect(await entities()).toBe(ENTITIES);
      expect(await count('SELECT count(DISTINCT ref) FROM catalog_entity WHERE is_holder')).toBe(ENTITIES);
      expect(await count('SELECT count(*) FROM catalog_file')).toBe(ENTITIES / PER_FILE);
      expect(await count('SELECT entities AS count FROM catalog_source')).toBe(ENTITIES);
      console.info(`entities after each kill: ${states.join(', ')}`);
    } finally {
      await client.end();
    }
  }, 600_000);
});
