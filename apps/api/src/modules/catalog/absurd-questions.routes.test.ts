import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { sendJson } from '../../testing/json-request.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** Questions of a size that nobody means honestly. */

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  await folder.write('a.yaml', componentYaml('only'));
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(id);
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at));
const cursorOf = (filter: readonly string[], fields = 1) =>
  Buffer.from(
    JSON.stringify({
      ...{ filter, at: { values: ['a'], ref: 'a' }, isBackward: false },
      order: times(fields, (index) => `f${index}`).map((field) => ({ field, direction: 'asc' })),
    }),
  ).toString('base64url');

describe('a question in the URL', () => {
  it.each([
    ['200 conditions and one', `filter=${times(201, (at) => `k${at}=v`).join()}`, 'catalog.bad-filter'],
    [
      'as many in several filters',
      times(3, () => `filter=${times(67, (at) => `k${at}`).join()}`).join('&'),
      'catalog.bad-filter',
    ],
    ['50 filters and one', times(51, (at) => `filter=k${at}`).join('&'), 'request.invalid'],
    ['a filter of 4,001 characters', `filter=kind=${'x'.repeat(3_996)}`, 'request.invalid'],
    ['50 times the fields and one', times(51, () => 'fields=kind').join('&'), 'request.invalid'],
    ['8 orders and one', times(9, () => 'orderField=kind').join('&'), 'request.invalid'],
    ['a term of 501 characters', `fullTextFilterTerm=${'x'.repeat(501)}`, 'request.invalid'],
    ['a cursor of 20,001 characters', `cursor=${'a'.repeat(20_001)}`, 'request.invalid'],
    [
      'a cursor with 201 conditions',
      `cursor=${cursorOf(times(3, () => times(67, (at) => `k${at}`).join()))}`,
      'catalog.bad-filter',
    ],
    ['a cursor with 51 filters', `cursor=${cursorOf(times(51, (at) => `k${at}`))}`, 'catalog.bad-cursor'],
    ['a cursor with 9 orders', `cursor=${cursorOf([], 9)}`, 'catalog.bad-cursor'],
    ['an offset beyond every catalog', 'offset=10000001', 'request.invalid'],
  ])('with %s is refused', async (_, query, code) => {
    expect(await sendJson(harness.app, 'GET', `/api/catalog/entities/by-query?${query}`)).toMatchObject({
      status: 400,
      code,
    });
  });

  it.each([
    ['31 facets', `catalog/entity-facets?${times(31, () => 'facet=kind').join('&')}`],
    ['51 filters of facets', `catalog/entity-facets?facet=kind&${times(51, () => 'filter=kind').join('&')}`],
    [
      '201 conditions of facets',
      `catalog/entity-facets?facet=kind&filter=${times(201, (at) => `k${at}`).join()}`,
    ],
    ['201 conditions of the older list', `catalog/entities?filter=${times(201, (at) => `k${at}`).join()}`],
    ['201 conditions of an export', `catalog/entities/export?filter=${times(201, (at) => `k${at}`).join()}`],
    ['21 roots', `catalog/graph?${times(21, (at) => `root=component:c${at}`).join('&')}`],
    ['51 kinds', `catalog/graph?root=component:only&${times(51, () => 'kinds=api').join('&')}`],
    ['51 filters of a search', `search/query?${times(51, (at) => `filters[kind][${at}]=api`).join('&')}`],
    ['201 letters to search for', `search/query?term=${'x'.repeat(201)}`],
  ])('with %s is refused', async (_, url) => {
    expect((await sendJson(harness.app, 'GET', `/api/${url}`)).status).toBe(400);
  });

  it('that no client can send is refused before it is read', async () => {
    const address = await harness.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${address}/api/catalog/entities/by-query?filter=${'x'.repeat(1_000_000)}`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      'request.refused',
    ]);
  });
});

describe('a question in a body', () => {
  const deep = `${'{"$not":'.repeat(50)}{"kind":"x"}${'}'.repeat(50)}`;
  const absurd = `${'{"$not":'.repeat(20_000)}{"kind":"x"}${'}'.repeat(20_000)}`;
  const wide = JSON.stringify(Object.fromEntries(times(201, (at) => `k${at}`).map((key) => [key, 'x'])));
  const many = JSON.stringify({ kind: { $in: times(2_001, String) } });
  const long = JSON.stringify({ kind: 'x'.repeat(64_001) });

  it.each([
    ['50 levels', deep],
    ['20,000 levels', absurd],
    ['201 conditions', wide],
    ['2,001 values', many],
    ['64,001 characters', long],
  ])('with %s is refused wherever a predicate is taken', async (_, query) => {
    const codes = [];
    for (const [path, rest] of [
      ['entities/by-query', ''],
      ['entity-facets', ',"facets":["kind"]'],
      ['entities/by-refs', ',"entityRefs":[]'],
      ['locations/by-query', ''],
    ] as const) {
      const { status, code } = await sendJson(
        harness.app,
        'POST',
        `/api/catalog/${path}`,
        `{"query":${query}${rest}}`,
      );
      codes.push([path, status, code]);
    }
    expect(codes).toEqual(
      ['entities/by-query', 'entity-facets', 'entities/by-refs', 'locations/by-query'].map((path) => [
        ...[path, 400, 'catalog.bad-predicate'],
      ]),
    );
  });

  it('of more references, fields or facets than there may be is refused', async () => {
    const refs = JSON.stringify(times(1_001, (at) => `component:c${at}`));
    const fields = JSON.stringify(times(101, () => 'kind'));
    const send = (path: string, body: string) => sendJson(harness.app, 'POST', `/api/catalog/${path}`, body);
    expect([
      (await send('entities/by-refs', `{"entityRefs":${refs}}`)).code,
      (await send('entities/by-refs', `{"entityRefs":[],"fields":${fields}}`)).code,
      (await send('entities/by-query', `{"fields":${fields}}`)).code,
      (await send('entity-facets', `{"facets":${JSON.stringify(times(31, () => 'kind'))}}`)).code,
    ]).toEqual(['request.invalid', 'request.invalid', 'request.invalid', 'request.invalid']);
  });
});
