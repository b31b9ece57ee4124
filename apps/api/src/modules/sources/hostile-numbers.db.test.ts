import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityHistory, listSourceProblems, type Entity } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { sendJson } from '../../testing/json-request.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** Numbers and dates that programs like to change a little: stored as they are, or refused. */

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  folder = await makeSourceFolder();
  [sourceId = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  return () => folder[Symbol.asyncDispose]();
});

const NAME = '/api/catalog/entities/by-name/component/default/exact';

/** As they stand in the file, with what they are. */
const exact: Record<string, [written: string, value: unknown]> = {
  largest: ['9007199254740991', 9007199254740991],
  round: ['100000000000000000000', 1e20],
  wide: ['1e21', 1e21],
  most: ['1.7976931348623157e308', Number.MAX_VALUE],
  least: ['5e-324', Number.MIN_VALUE],
  tenth: ['0.1', 0.1],
  negative: ['-5.25', -5.25],
  hexadecimal: ['0x10', 16],
  quoted: ['"12345678901234567890"', '12345678901234567890'],
  word: ['NaN', 'NaN'],
  year: ['10000-01-01', '10000-01-01'],
  instant: ['+10000-01-01T00:00:00Z', '+10000-01-01T00:00:00Z'],
  early: ['0000-00-00', '0000-00-00'],
};
const yamlOf = (extra: string[]) =>
  componentYaml('exact', [
    'facts:',
    ...Object.entries(exact).map(([key, [written]]) => `  ${key}: ${written}`),
    ...extra,
  ]);
const values = Object.fromEntries(Object.entries(exact).map(([key, [, value]]) => [key, value]));
const get = (url: string) => sendJson(harness.app, 'GET', url);
const post = (url: string, body: string) => sendJson(harness.app, 'POST', `/api/catalog/${url}`, body);

describe('what a JSON number or a text can hold', () => {
  beforeEach(async () => {
    await folder.write('a.yaml', yamlOf([]));
    await harness.read(sourceId);
  });

  it('is given by name, by query, as a file and as a count exactly as it was read', async () => {
    const facts = (entity: unknown) => (entity as Entity).spec?.['facts'];
    const { body, text } = await get(NAME);
    expect(facts(body)).toEqual(values);
    expect(text).toContain('"largest":9007199254740991,');
    expect(text).toContain('"round":100000000000000000000,');
    const page = await get('/api/catalog/entities/by-query?fields=spec.facts');
    expect((page.body as { items: unknown[] }).items.map(facts)).toEqual([values]);
    const exported = await get('/api/catalog/entities/export?format=json');
    expect((exported.body as unknown[]).map(facts)).toEqual([values]);
    const csv = await harness.app.inject({
      url: '/api/catalog/entities/export?columns=spec.facts.largest,spec.facts.most,spec.facts.quoted',
      headers: { host: 'localhost' },
    });
    expect(csv.body.split('\r\n')[1]).toBe('9007199254740991,1.7976931348623157e+308,12345678901234567890');
    const facets = await get('/api/catalog/entity-facets?facet=spec.facts.largest&facet=spec.facts.quoted');
    expect(facets.body).toEqual({
      facets: {
        'spec.facts.largest': [{ value: '9007199254740991', count: 1 }],
        'spec.facts.quoted': [{ value: '12345678901234567890', count: 1 }],
      },
    });
  });

  it.each([
    ['largest', '9007199254740991', '9007199254740992'],
    ['quoted', '12345678901234567890', '12345678901234567000'],
    ['tenth', '0.1', '0.10000000000000001'],
    ['year', '10000-01-01', '1000-01-01'],
  ])('is found by %s and not by its neighbour', async (key, value, neighbour) => {
    const count = async (text: string) =>
      (
        (await get(`/api/catalog/entities/by-query?filter=spec.facts.${key}=${text}`)).body as {
          totalItems: number;
        }
      ).totalItems;
    expect([await count(value), await count(neighbour)]).toEqual([1, 0]);
    const asked = await post('entities/by-query', `{"query":{"spec.facts.${key}":"${value}"}}`);
    expect(asked.body).toMatchObject({ totalItems: 1 });
  });

  it('is in the past and in the history what it was, and the text of then', async () => {
    const first = await get(NAME);
    await folder.write('a.yaml', yamlOf(['changed: 1']));
    await harness.read(sourceId);
    const params = { kind: 'component', namespace: 'default', name: 'exact' };
    const history = await harness.api.call(getEntityHistory, { params, query: { limit: 2 } });
    const [newest, oldest] = history.items;
    expect(newest?.changedPaths).toEqual(['spec.changed']);
    const past = await get(`${NAME}?asOf=${oldest?.at}`);
    expect((past.body as Entity).spec).toEqual((first.body as Entity).spec);
    const version = (await get(`${NAME}/history/${oldest?.id}`)).body as { text: string; entity: Entity };
    expect(version.entity.spec?.['facts']).toEqual(values);
    for (const [key, [written]] of Object.entries(exact))
      expect(version.text).toContain(`${key}: ${written}\n`);
    const found = await get(
      `/api/catalog/entities/by-query?asOf=${oldest?.at}&filter=spec.facts.largest=9007199254740991`,
    );
    expect(found.body).toMatchObject({ totalItems: 1 });
  });
});

describe('a number that would change', () => {
  const bad = [
    ...['12345678901234567890', '-12345678901234567890', '9007199254740993', '0x20000000000001'],
    ...['1e400', '-1e400', '1e-400', '0.12345678901234567890', '.nan', '.inf', '-.INF'],
    ...[
      '!!float 1e400',
      '!!int "12345678901234567890"',
      '{ 12345678901234567890: x }',
      '{ 1e400: x }',
      '{ .nan: x }',
    ],
  ];

  it('is an error at its line that quotes it, and everything around it loads', async () => {
    const documents = bad.map((written, index) => componentYaml(`bad-${index}`, [`size: ${written}`]));
    await folder.write('a.yaml', [componentYaml('first'), ...documents, componentYaml('last')].join('---\n'));
    expect((await harness.read(sourceId)).counts.entities).toBe(2);
    const problems = await harness.api.call(listSourceProblems, { params: { id: sourceId }, query: {} });
    // What became Infinity or NaN is told of as no JSON as well.
    const items = problems.items.filter(({ code }) => code !== 'entity.not-json');
    // Eight lines of the first one, then a marker and nine lines for each, of which the last is the bad one.
    expect(items.map(({ code, line, documentIndex }) => [code, line, documentIndex])).toEqual(
      bad.map((_, index) => ['yaml.number-not-exact', 18 + 10 * index, index + 1]),
    );
    items.forEach(({ message, hint }, index) => {
      const [number = ''] = /[-\d.][\w.]*/.exec(bad[index] ?? '') ?? [];
      expect(message).toContain(number);
      expect(hint).toContain('Quote it');
    });
  });

  it.each(['12345678901234567890', '1e400', '-1e400', '1e-400', 'NaN', 'Infinity', '0x10'])(
    'is refused in a body: %s',
    async (number) => {
      const entity = `{"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"x"},
        "spec":{"type":"t","lifecycle":"l","owner":"o","size":${number}}}`;
      const codes = [
        await post('validate-entity', `{"location":"url:https://x.example/a.yaml","entity":${entity}}`),
        await post('entities/by-query', `{"query":{"spec.size":${number}}}`),
        await post('entity-facets', `{"facets":["kind"],"query":{"spec.size":{"$in":[${number}]}}}`),
        await post('entities/by-query', `{"limit":${number}}`),
      ].map(({ status, code }) => `${status} ${code}`);
      expect(new Set(codes)).toEqual(new Set(['400 request.not-json']));
    },
  );
});

describe('a number or an instant in the URL', () => {
  it.each([
    ...['limit=1e400', 'limit=NaN', 'limit=12345678901234567890', 'limit=1.5', 'offset=1e400', 'offset=-1'],
    ...['asOf=10000-01-01T00:00:00Z', 'asOf=%2B010000-01-01T00:00:00Z', 'asOf=-000001-01-01T00:00:00Z'],
    ...['asOf=NaN', 'asOf=1e400', 'asOf=12345678901234567890', 'asOf=2026-02-30T00:00:00Z'],
  ])('is refused where it is none: %s', async (query) => {
    expect((await get(`/api/catalog/entities/by-query?${query}`)).code).toBe('request.invalid');
  });

  it.each(['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:59'])('is still to come: %s', async (instant) => {
    const asked = ['/api/catalog/entities/by-query?', '/api/catalog/entity-facets?facet=kind&', `${NAME}?`];
    for (const url of [...asked, '/api/catalog/graph?root=component:exact&']) {
      expect([url, (await get(`${url}asOf=${instant}`)).code]).toEqual([url, 'catalog.bad-instant']);
    }
  });

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00%2B23:59', '0001-01-01T00:00:00.000Z'])(
    'was before anything: %s',
    async (instant) => {
      const { body } = await get(`/api/catalog/entities/by-query?asOf=${instant}`);
      expect(body).toMatchObject({ items: [], totalItems: 0 });
    },
  );

  it.each(['999999999999999', '253402300800000', '12345678901234567890', '1e400', 'NaN', '-1', '0'])(
    'names no version and no place of the history: %s',
    async (id) => {
      await folder.write('a.yaml', yamlOf([]));
      await harness.read(sourceId);
      expect((await get(`${NAME}/history/${id}`)).code).toBe('catalog.version-not-found');
      expect((await get(`${NAME}/history?cursor=${id}`)).status).toBeLessThan(500);
      for (const side of ['from', 'to']) {
        const answer = await get(`${NAME}/definition/changes?${side}=${id}`);
        expect(answer.status).toBe(404);
      }
    },
  );
});
