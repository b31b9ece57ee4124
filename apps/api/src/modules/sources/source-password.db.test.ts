import { ownershipCheckSchema, updateLocation, updateSource } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startGitHttpServer, type GitHttpServer } from '../../testing/git-http-server.ts';
import { createGitRepository, type GitRepository } from '../../testing/git-repository.ts';
import { sendJson } from '../../testing/json-request.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { useTemporaryFolder } from '../../testing/temporary-folder.ts';

const SECRET = 'xyzzy-19';
const database = useTestDatabase();
const folder = useTemporaryFolder();
const logLines: string[] = [];
let harness: CatalogHarness;
let locked: GitHttpServer;
/** The same repositories without a password. */
let open: GitHttpServer;
let repository: GitRepository;
let options: { root: string; credentials: string };

beforeEach(async () => {
  options = { root: folder.at('repositories'), credentials: `reader:${SECRET}` };
  locked = await startGitHttpServer(options);
  open = await startGitHttpServer({ root: options.root });
  repository = createGitRepository(folder.at('repositories/org.git'));
  logLines.length = 0;
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home: folder.at('home') },
    config: {
      backend: {
        reading: {
          allow: [{ host: new URL(open.urlOf('x')).host, paths: ['/org.git'] }, { host: 'git.example' }],
        },
      },
    },
    log: pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) }),
  });
});

afterEach(async () => {
  await harness.declare([]);
  await harness[Symbol.asyncDispose]();
  await locked.close();
  await open.close();
});

/** The URL of the repository with the password in it. */
const lockedUrl = () => locked.urlOf('org.git').replace('//', `//reader:${SECRET}@`);

/** A source whose holder has a rival, and which is a rival itself; read, changed, and read again. */
async function readTwice(): Promise<{ id: string; rivalId: string }> {
  folder.write('rival/catalog.yaml', ['one', 'two'].map((name) => componentYaml(name)).join('---\n'));
  repository.commit({ 'catalog-info.yaml': componentYaml('one') });
  const [id = '', rivalId = '', mistypedId = ''] = await harness.declare([
    { type: 'git', target: lockedUrl(), origin: 'config' },
    { type: 'file', target: folder.at('rival'), origin: 'config' },
    { type: 'url', target: `ftp://reader:${SECRET}@127.0.0.1/x.yaml`, origin: 'config' },
  ]);
  await harness.read(id);
  await harness.read(rivalId);
  expect((await harness.read(mistypedId)).error?.message).toContain('ftp://127.0.0.1/x.yaml');
  const gone = componentYaml('gone');
  const changed = componentYaml('one', ['system: changed']);
  repository.commit({ 'catalog-info.yaml': [changed, componentYaml('two'), gone].join('---\n') });
  await harness.read(id);
  repository.commit({ 'catalog-info.yaml': [changed, componentYaml('two'), 'kind: [\n'].join('---\n') });
  expect(await harness.read(id)).toMatchObject({ state: 'ready', counts: { conflicts: 1 } });
  return { id, rivalId };
}

/** Makes a source late for the checks of ownership. */
async function makeLate(id: string): Promise<void> {
  await harness.database.pool.query(
    "UPDATE catalog_source SET last_success_at = now() - interval '1 day' WHERE id = $1",
    [id],
  );
}

/** Everything that anybody can ask for, by what was asked. */
async function allAnswers({ id, rivalId }: { id: string; rivalId: string }): Promise<Map<string, string>> {
  const entity = '/api/catalog/entities/by-name/component/default';
  const answers = new Map<string, string>();
  const ask = async (url: string, body?: object) => {
    const { status, text } = await sendJson(
      harness.app,
      body === undefined ? 'GET' : 'POST',
      url,
      body === undefined ? undefined : JSON.stringify(body),
    );
    expect([url, status]).toEqual([url, 200]);
    answers.set(url, text);
  };
  await ask('/api/catalog/sources');
  for (const source of [id, rivalId]) {
    await ask(`/api/catalog/sources/${source}`);
    await ask(`/api/catalog/sources/${source}/problems`);
    await ask(`/api/catalog/sources/${source}/conflicts`);
    await ask(`/api/catalog/sources/${source}/removal`);
  }
  await ask('/api/catalog/sources/analyze', { type: 'git', target: open.urlOf('org.git') });
  await ask('/api/catalog/locations');
  await ask('/api/catalog/locations/by-query', { query: { type: 'git' } });
  await ask(`/api/catalog/locations/${id}`);
  await ask('/api/catalog/locations/by-entity/component/default/one');
  for (const name of ['one', 'two']) {
    await ask(`${entity}/${name}`);
    await ask(`${entity}/${name}/ancestry`);
    await ask(`${entity}/${name}/origin`);
  }
  for (const name of ['one', 'two', 'gone']) {
    await ask(`${entity}/${name}/why`);
    await ask(`${entity}/${name}/history`);
    const { items } = JSON.parse(answers.get(`${entity}/${name}/history`) ?? '') as {
      items: { id: string }[];
    };
    for (const change of items) await ask(`${entity}/${name}/history/${change.id}`);
  }
  await ask(`${entity}/never/why`);
  await ask('/api/catalog/entities');
  for (const format of ['csv', 'json'])
    await askText(answers, `/api/catalog/entities/export?format=${format}`);
  await ask('/api/search/query?term=one');
  await ask('/api/catalog/ownership');
  for (const check of ownershipCheckSchema.options) await ask(`/api/catalog/ownership/${check}`);
  return answers;
}

async function askText(answers: Map<string, string>, url: string): Promise<void> {
  const answer = await harness.app.inject({ url, headers: { host: 'localhost' } });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  answers.set(url, answer.body);
}

/** Rows that others may read, each as text. */
const RECORDS = {
  audit_entry: 'SELECT t::text AS text FROM audit_entry t',
  outbox_event: 'SELECT t::text AS text FROM outbox_event t',
  catalog_entity: 'SELECT t::text AS text FROM catalog_entity t',
  catalog_file: 'SELECT t::text AS text FROM catalog_file t',
  'catalog_source.error': 'SELECT error::text AS text FROM catalog_source WHERE error IS NOT NULL',
};

/** What is kept for others to read, by where. */
async function allRecords(): Promise<Map<string, string>> {
  const records = new Map<string, string>([['log', logLines.join('\n')]]);
  for (const [where, select] of Object.entries(RECORDS)) {
    const { rows } = await harness.database.pool.query<{ text: string }>(select);
    records.set(where, rows.map(({ text }) => text).join('\n'));
  }
  return records;
}

const leaksOf = (texts: ReadonlyMap<string, string>) =>
  [...texts].filter(([, text]) => text.includes(SECRET)).map(([where]) => where);

describe('the password in the URL of a repository', () => {
  it('opens the repository and is in no answer, record or line of the log', async () => {
    const ids = await readTwice();
    await makeLate(ids.id);
    for (const isPaused of [true, false])
      await harness.api.call(updateSource, { params: { id: ids.id }, body: { isPaused } });
    const answers = await allAnswers(ids);
    const shown = locked.urlOf('org.git');
    // Each of these would tell the URL, and so would tell the password.
    const telling = [...answers].filter(([, text]) => text.includes(shown)).map(([url]) => url);
    expect(telling).toEqual(
      expect.arrayContaining([
        '/api/catalog/sources',
        `/api/catalog/sources/${ids.id}`,
        `/api/catalog/sources/${ids.rivalId}/conflicts`,
        '/api/catalog/sources/analyze',
        '/api/catalog/locations',
        '/api/catalog/locations/by-query',
        '/api/catalog/locations/by-entity/component/default/one',
        '/api/catalog/entities/by-name/component/default/one',
        '/api/catalog/entities/by-name/component/default/one/origin',
        '/api/catalog/entities/by-name/component/default/two/origin',
        '/api/catalog/entities/by-name/component/default/one/why',
        '/api/catalog/entities/by-name/component/default/gone/history',
        '/api/catalog/ownership/stale',
        '/api/catalog/ownership/conflict',
      ]),
    );
    expect(leaksOf(answers)).toEqual([]);
    const records = await allRecords();
    for (const where of ['log', 'audit_entry', 'outbox_event']) expect(records.get(where)).toContain(shown);
    expect(leaksOf(records)).toEqual([]);
  });

  it('is in no answer, record or line of the log either when the server refuses it', async () => {
    const ids = await readTwice();
    await makeLate(ids.id);
    options.credentials = 'reader:another';
    expect((await harness.read(ids.id)).error?.code).toBe('git.credentials-required');
    expect(leaksOf(await allAnswers(ids))).toEqual([]);
    await locked.close();
    expect((await harness.read(ids.id)).error?.code).toBe('git.unreachable');
    expect(leaksOf(await allAnswers(ids))).toEqual([]);
    expect(logLines.join('\n')).toContain('unable to access');
    expect(leaksOf(await allRecords())).toEqual([]);
  });

  it('stays when a form sends back the URL that it was shown', async () => {
    const { pool } = harness.database;
    const target = `https://reader:${SECRET}@git.example/x.yaml`;
    const key = JSON.stringify(['url', target, null, null]);
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO catalog_source (key, type, target, origin) VALUES ($1, 'url', $2, 'api') RETURNING id`,
      [key, target],
    );
    const id = rows[0]?.id ?? '';
    const stored = async () => {
      const answer = await pool.query<{ key: string; target: string }>(
        'SELECT key, target FROM catalog_source WHERE id = $1',
        [id],
      );
      return answer.rows[0];
    };
    const shown = 'https://git.example/x.yaml';
    const change = (to: string) =>
      harness.api.call(updateLocation, { params: { id }, body: { type: 'url', target: to } });
    expect(await change(shown)).toMatchObject({ target: shown });
    expect(await stored()).toEqual({ key, target });
    const other = 'https://git.example/y.yaml';
    expect(await change(other)).toMatchObject({ target: other });
    expect(await stored()).toEqual({ key: JSON.stringify(['url', other, null, null]), target: other });
    expect(leaksOf(await allRecords())).toEqual([]);
  });
});
