import { entitySchema, partialEntitySchema } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { expectProblem } from '../../testing/problem-answer.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** What the protocol says over bare HTTP: headers, statuses and bodies that no client shows. */

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;
let rival: SourceFolder;
let sourceIds: string[] = [];

beforeAll(async () => {
  folder = await makeSourceFolder();
  rival = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  const names = ['svc-a', 'svc-b', 'svc-c', 'svc-d', 'svc-e'];
  await folder.write('services.yaml', names.map((name) => componentYaml(name)).join('---\n'));
  await rival.write('rival.yaml', componentYaml('svc-e', ['system: rivals']));
  sourceIds = await harness.declare(
    [folder, rival].map(({ directory }) => ({ type: 'file', target: directory, origin: 'config' })),
  );
  for (const id of sourceIds) await harness.read(id);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await rival[Symbol.asyncDispose]();
});

/** One request as it goes over the wire; paths are below `/api/catalog`. */
async function send(
  path: string,
  init: { method?: 'GET' | 'POST' | 'DELETE'; headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const { method = 'GET', headers = {}, body } = init;
  const answer = await harness.app.inject({
    method,
    url: `/api/catalog${path}`,
    headers: {
      host: 'localhost',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  return new Response(answer.rawPayload.length === 0 ? null : new Uint8Array(answer.rawPayload), {
    status: answer.statusCode,
    headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
}

const namesIn = async (answer: Response) =>
  partialEntitySchema
    .array()
    .parse(await answer.json())
    .map(({ metadata }) => metadata?.name);

describe('the older list', () => {
  it('names its next page in Link, and the walk meets every entity once', async () => {
    const found: (string | undefined)[] = [];
    let path: string | undefined =
      '/entities?filter=kind%3Dcomponent&order=desc%3Ametadata.name&offset=1&limit=2&fields=metadata.name';
    while (path !== undefined) {
      const answer: Response = await send(path);
      expect(answer.status).toBe(200);
      found.push(...(await namesIn(answer)));
      path = /^<\/api\/catalog(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(found).toEqual(['svc-d', 'svc-c', 'svc-b', 'svc-a']);
  });

  it('is an empty list where nothing matches', async () => {
    const answer = await send('/entities?filter=kind=starship');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual([]);
  });

  it.each([
    ['/entities?order=metadata.name', 'catalog.bad-order'],
    ['/entities?order=up:metadata.name', 'catalog.bad-order'],
    ['/entities?after=nonsense', 'catalog.bad-cursor'],
    ['/entities?filter=%3Dx', 'catalog.bad-filter'],
    ['/entities?limit=-1', 'request.invalid'],
  ] as const)('refuses %s with %s', async (path, code) => {
    await expectProblem(await send(path), code);
  });
});

describe('an entity by uid', () => {
  it('is the entity by name', async () => {
    const byName = entitySchema.parse(await (await send('/entities/by-name/component/default/svc-a')).json());
    const byUid = await send(`/entities/by-uid/${byName.metadata.uid.toUpperCase()}`);
    expect(entitySchema.parse(await byUid.json())).toEqual(byName);
    await expectProblem(
      await send('/entities/by-uid/00000000-0000-4000-8000-000000000000'),
      'catalog.entity-not-found',
    );
    await expectProblem(
      await send('/entities/by-uid/none', { method: 'DELETE' }),
      'catalog.entity-not-found',
    );
  });
});

describe('an answer that has not changed', () => {
  const paths = [
    '/entities/by-name/component/default/svc-a',
    '/entities/by-query?filter=kind=component&limit=2',
    '/entities?limit=2',
    '/entity-facets?facet=kind',
  ];

  it.each(paths)('is 304 to whoever has it, until the catalog changes: %s', async (path) => {
    const first = await send(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const second = await send(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await send(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);

    await folder.write('change.yaml', componentYaml(`change-${paths.indexOf(path)}`));
    await harness.read(sourceIds[0] ?? '');
    const third = await send(path, { headers: { 'if-none-match': etag } });
    expect(third.status).toBe(200);
    expect(third.headers.get('etag')).not.toBe(etag);
  });

  it('is known by its question, and a refusal is never kept', async () => {
    const [one, other] = await Promise.all([
      send('/entity-facets?facet=kind'),
      send('/entity-facets?facet=spec.type'),
    ]);
    expect(one.headers.get('etag')).not.toBe(other.headers.get('etag'));
    const refused = await send('/entities/by-name/component/default/nobody');
    expect(refused.headers.get('etag')).toBeNull();
    expect(refused.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a deleted entity', () => {
  it('makes way for its rival, which keeps the ref when the deleted one is read again', async () => {
    const before = await harness.entity('component', 'svc-e');
    expect(before?.spec?.['system']).toBeUndefined();
    const answer = await send(`/entities/by-uid/${before?.metadata.uid}`, { method: 'DELETE' });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect((await harness.entity('component', 'svc-e'))?.spec?.['system']).toBe('rivals');

    const source = await harness.read(sourceIds[0] ?? '');
    expect((await harness.entity('component', 'svc-e'))?.spec?.['system']).toBe('rivals');
    expect(source.counts.conflicts).toBe(1);
  });

  it('is told to every other reader by version, removal log and event', async () => {
    const entity = await harness.entity('component', 'svc-d');
    const before = await harness.database.pool.query<{ version: string }>(
      'SELECT version FROM catalog_state',
    );
    await send(`/entities/by-uid/${entity?.metadata.uid}`, { method: 'DELETE' });
    const { rows } = await harness.database.pool.query(
      `SELECT s.version::int - $1::int AS bumps, count(r.*)::int AS removals,
              (SELECT count(*)::int FROM outbox_event WHERE type = 'catalog.entity-removed' AND subject = $2) AS events
         FROM catalog_state s LEFT JOIN catalog_removal r ON r.version = s.version GROUP BY s.version`,
      [before.rows[0]?.version, 'component:default/svc-d'],
    );
    expect(rows).toEqual([{ bumps: 1, removals: 1, events: 1 }]);
  });
});

describe('a body of a predicate', () => {
  const ask = (body: string) => send('/entities/by-query', { method: 'POST', body });

  it('is refused when it reaches for a prototype, and changes none', async () => {
    await expectProblem(await ask('{"query":{"__proto__":{"kind":"x"}}}'), 'request.not-json');
    await expectProblem(
      await ask('{"query":{"constructor":{"prototype":{"kind":"x"}}}}'),
      'request.not-json',
    );
    await expectProblem(await ask('{"query":{"constructor":"x"}}'), 'request.not-json');
    await expectProblem(
      await ask('{"query":{"metadata.prototype":{"$exists":true}}}'),
      'catalog.bad-predicate',
    );
    await expectProblem(await ask('{"orderBy":[{"field":"__proto__","order":"asc"}]}'), 'catalog.bad-order');
    const cursor = Buffer.from(
      '{"filter":[],"query":{"__proto__":{"kind":"x"}},"order":[{"field":"kind","direction":"asc"}],"at":{"values":["a"],"ref":"a"},"isBackward":false}',
    );
    await expectProblem(
      await ask(JSON.stringify({ cursor: cursor.toString('base64') })),
      'catalog.bad-cursor',
    );
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
  });

  it('is refused when it is nested absurdly, and when it is no object', async () => {
    await expectProblem(
      await ask(`{"query":${'{"$not":'.repeat(20_000)}{}${'}'.repeat(20_000)}}`),
      'catalog.bad-predicate',
    );
    await expectProblem(await ask('{"query":"kind"}'), 'request.invalid');
    await expectProblem(await ask('{"query":{"$any":{}}}'), 'catalog.bad-predicate');
  });
});

describe.each([
  ['facets', '/entity-facets?facet=constructor'],
  ['filters', '/entities/by-query?filter=metadata.__proto__.x=1'],
  ['text fields', '/entities/by-query?fullTextFilterTerm=x&fullTextFilterFields=prototype'],
])('a reserved name in %s', (_, path) => {
  it('is refused', async () => {
    await expectProblem(await send(path), 'catalog.bad-filter');
  });
});

describe('validate-entity', () => {
  it('says what is wrong as a problem, and as the errors that its clients read', async () => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'x' },
      spec: {},
    };
    const body = JSON.stringify({ location: 'url:https://example.com/a.yaml', entity });
    const problem = await expectProblem(
      await send('/validate-entity', { method: 'POST', body }),
      'catalog.entity-invalid',
    );
    expect(problem.issues?.map(({ path }) => path)).toEqual(['spec.type', 'spec.lifecycle', 'spec.owner']);
    expect(problem.errors).toEqual(
      problem.issues?.map(({ path, message }) => ({ name: 'InputError', message: `${path}: ${message}` })),
    );
    const incomplete = await expectProblem(
      await send('/validate-entity', { method: 'POST', body: '{}' }),
      'request.invalid',
    );
    expect(incomplete.errors).toHaveLength(2);
  });
});
