import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApiClient, type ApiClient } from '@waymark/api-client';
import { createTask, getEntityByName, getRun, type Run } from '@waymark/contracts';
import { createTestDatabase, type TestDatabase } from '@waymark/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  eventually,
  findFreePort,
  startServerProcess,
  type ServerProcess,
} from '../../testing/server-process.ts';
import { makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** Each kills a process at one of five steps in turn. `WAYMARK_KILLS=50` makes a longer story of it. */
const KILLS = Number(process.env['WAYMARK_KILLS'] ?? 5);
const STEPS = ['render', 'move', 'publish', 'register', 'say'] as const;
const TIMEOUT_MS = 120_000 + KILLS * 30_000;

let database: TestDatabase;
let folder: SourceFolder;
let home: string;
let servers: ServerProcess[];
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await makeSourceFolder();
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  servers = [];
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {}); // the database goes with the test
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await pool.end();
  await database.drop();
  await folder[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

async function writeConfig(port: number): Promise<void> {
  const config = {
    app: { baseUrl: `http://127.0.0.1:${port}` },
    catalog: {
      rules: [{ allow: ['Component', 'Template'] }],
      locations: [{ type: 'file', target: folder.directory }],
    },
  };
  // JSON is YAML, and a path needs no further care in it.
  await writeFile(path.join(home, 'waymark.yaml'), JSON.stringify(config));
}

function start(role: 'api' | 'worker', port: number): ServerProcess {
  const configFile = path.join(home, 'waymark.yaml');
  const server = startServerProcess({ role, port, databaseUrl: database.url, home, configFile });
  servers.push(server);
  return server;
}

async function writeTemplate(): Promise<void> {
  const template = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'five-steps' },
    spec: {
      type: 'service',
      parameters: { properties: { name: { type: 'string' }, repoUrl: { type: 'string' } } },
      steps: [
        {
          ...{ id: 'render', action: 'fetch:template' },
          input: { url: './skeleton', values: { name: '${{ parameters.name }}' } },
        },
        {
          ...{ id: 'move', action: 'fs:rename' },
          input: { files: [{ from: 'a.txt', to: 'docs/a.txt' }] },
        },
        { id: 'publish', action: 'publish', input: { repoUrl: '${{ parameters.repoUrl }}' } },
        {
          ...{ id: 'register', action: 'catalog:register' },
          input: { repoContentsUrl: '${{ steps.publish.output.repoContentsUrl }}' },
        },
        { id: 'say', action: 'debug:log', input: { message: 'Made ${{ steps.register.output.entityRef }}' } },
      ],
    },
  };
  await folder.write('catalog-info.yaml', JSON.stringify(template));
  await folder.write('skeleton/a.txt', '${{ values.name }}\n');
  await folder.write(
    'skeleton/catalog-info.yaml',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: "${{ values.name }}" }\nspec: { type: service, lifecycle: experimental, owner: team-a }\n',
  );
}

/** Resolves as soon as a run is at a step, or past it. */
async function reached(taskId: string, step: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT 1 FROM scaffolder_step s JOIN scaffolder_run r ON r.id = s.run_id
        WHERE r.task_id = $1 AND s.position = $2 AND s.status <> 'open'`,
      [taskId, step],
    );
    if (rows.length > 0) return;
    await delay(1); // a step may last no longer, and the worker is to be killed in the middle of it
  }
}

async function countOf(sql: string, name: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(sql, [name]);
  return rows[0]?.count ?? 0;
}

async function expectOneOfEach(api: ApiClient, taskId: string, name: string): Promise<void> {
  const run = await api.call(getRun, { params: { taskId } });
  expect(run, name).toMatchObject({
    status: 'completed',
    steps: STEPS.map((id) => ({ id, status: 'completed' })),
    entityRef: `component:default/${name}`,
  });
  expect(run.effects.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'repository done',
    'registration done',
  ]);
  const repositories = 'SELECT count(*)::int AS count FROM hosted_repository WHERE name = $1';
  expect(await countOf(repositories, name)).toBe(1);
  const sources = `SELECT count(*)::int AS count FROM catalog_source WHERE target LIKE '%/' || $1 || '/%'`;
  expect(await countOf(sources, name)).toBe(1);
  // Another process has read it: this one takes it in as soon as it is told.
  const params = { kind: 'component', namespace: 'default', name };
  await eventually(
    () => api.call(getEntityByName, { params, query: {} }),
    () => true,
    2_000,
  );
}

describe('runs whose worker process is killed', () => {
  it(
    `end with one repository and one registration each, after ${KILLS} kills at all steps`,
    async () => {
      await writeTemplate();
      const port = await findFreePort();
      await writeConfig(port);
      const server = start('api', port);
      const workerPort = await findFreePort();
      let worker = start('worker', workerPort);
      await Promise.all([server.ready, worker.ready]);
      const api = createApiClient({ baseUrl: server.url, fetch });
      const params = { kind: 'template', namespace: 'default', name: 'five-steps' };
      await eventually(
        () => api.call(getEntityByName, { params, query: {} }),
        () => true,
      );
      const runs: { taskId: string; name: string }[] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const name = `killed-${kill}`;
        const values = { name, repoUrl: `127.0.0.1:${port}?owner=team-a&repo=${name}` };
        const body = { templateRef: 'template:default/five-steps', values };
        const { id } = await api.call(createTask, { body });
        runs.push({ taskId: id, name });
        await reached(id, 1 + (kill % STEPS.length));
        await worker.end('SIGKILL');
        worker = start('worker', workerPort);
        await worker.ready;
      }
      for (const { taskId, name } of runs) {
        const isOver = ({ status }: Run) => status !== 'processing' && status !== 'open';
        await eventually(() => api.call(getRun, { params: { taskId } }), isOver, TIMEOUT_MS);
        await expectOneOfEach(api, taskId, name);
      }
    },
    TIMEOUT_MS,
  );
});
