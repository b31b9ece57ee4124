import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { sendJson } from '../../testing/json-request.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** Names that reach an object's prototype, wherever a request can hold one. */

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
afterEach(() => {
  const plain: Record<string, unknown> = {};
  expect([plain['x'], plain['kind'], plain['admin']]).toEqual([undefined, undefined, undefined]);
});

const names = ['__proto__', 'constructor', 'prototype'];

/** Status and code of each answer by what was asked, so that a failure names its question. */
async function codesOf(
  questions: readonly (readonly [method: 'GET' | 'POST' | 'PUT', url: string, body?: string])[],
): Promise<Record<string, string>> {
  const codes: Record<string, string> = {};
  for (const [method, url, body] of questions) {
    const { status, code } = await sendJson(harness.app, method, url, body);
    codes[`${method} ${url} ${body ?? ''}`] = `${status} ${code}`;
  }
  return codes;
}

const everyIs = (codes: Record<string, string>, expected: string) =>
  expect(codes).toEqual(Object.fromEntries(Object.keys(codes).map((question) => [question, expected])));

describe.each(names)('%s', (name) => {
  it('is no path to filter by, to keep, to count, or to search in', async () => {
    const byQuery = '/api/catalog/entities/by-query';
    const codes = await codesOf([
      ['GET', `${byQuery}?filter=${name}`],
      ['GET', `${byQuery}?filter=kind=component,metadata.${name}.x=1`],
      ['GET', `${byQuery}?fields=kind,metadata.${name}`],
      ['GET', `${byQuery}?fields=${name.toUpperCase()}`],
      ['GET', `${byQuery}?filter=kind=nothing&fields=${name}`],
      ['GET', `${byQuery}?fullTextFilterTerm=x&fullTextFilterFields=${name}`],
      ['GET', `/api/catalog/entities?filter=${name}=x`],
      ['GET', `/api/catalog/entities?fields=metadata.name,${name}.x`],
      ['GET', `/api/catalog/entities/export?columns=${name}`],
      ['GET', `/api/catalog/entities/export?filter=${name}`],
      ['GET', `/api/catalog/entity-facets?facet=kind&facet=spec.${name}`],
      ['GET', `/api/catalog/entity-facets?facet=kind&filter=${name}.x`],
      ['POST', byQuery, `{"fields":["${name}"]}`],
      ['POST', byQuery, `{"fullTextFilter":{"term":"x","fields":["spec.${name}"]}}`],
      ['POST', '/api/catalog/entity-facets', `{"facets":["${name}"]}`],
      ['POST', '/api/catalog/entities/by-refs', `{"entityRefs":[],"fields":["${name}.x"]}`],
      ['POST', `/api/catalog/entities/by-refs?filter=${name}`, '{"entityRefs":[]}'],
    ]);
    everyIs(codes, '400 catalog.bad-filter');
  });

  it('is no path to sort by', async () => {
    const codes = await codesOf([
      ['GET', `/api/catalog/entities/by-query?orderField=${name},asc`],
      ['GET', `/api/catalog/entities?order=asc:metadata.${name}`],
      ['GET', `/api/catalog/entities/export?orderField=${name}`],
      ['POST', '/api/catalog/entities/by-query', `{"orderBy":[{"field":"${name}","order":"asc"}]}`],
    ]);
    everyIs(codes, '400 catalog.bad-order');
  });

  it('is no path of a predicate', async () => {
    const predicates = [
      `{"metadata.${name}.x":"1"}`,
      `{"$all":[{"$not":{"spec.${name}":{"$exists":true}}}]}`,
    ];
    const codes = await codesOf(
      predicates.flatMap((query) => [
        ['POST', '/api/catalog/entities/by-query', `{"query":${query}}`] as const,
        ['POST', '/api/catalog/entity-facets', `{"facets":["kind"],"query":${query}}`] as const,
        ['POST', '/api/catalog/entities/by-refs', `{"entityRefs":[],"query":${query}}`] as const,
        ['POST', '/api/catalog/locations/by-query', `{"query":${query}}`] as const,
      ]),
    );
    everyIs(codes, '400 catalog.bad-predicate');
  });

  it('is no name of a parameter', async () => {
    const paths = [
      ...['/api/catalog/entities/by-query', '/api/catalog/entities', '/api/catalog/sources'],
      ...['/api/catalog/entities/by-name/component/default/only', '/api/search/query', '/api/portal'],
    ];
    const parameters = [`${name}=1`, `${name}[x]=1`, `filter[${name}]=1`, `filters[kind][${name}]=x`];
    const codes = await codesOf(
      paths.flatMap((path) => parameters.map((parameter) => ['GET', `${path}?${parameter}`] as const)),
    );
    everyIs(codes, '400 request.invalid');
  });

  it('is no key of a body, at any depth and in any spelling', async () => {
    const escaped = `\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}`;
    const entity = (key: string) =>
      `{"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"x"},"spec":{"a":[{"${key}":{"x":1}}]}}`;
    const bodies = (key: string) =>
      [
        ['POST', '/api/catalog/entities/by-query', `{"query":{"${key}":"x"}}`],
        ['POST', '/api/catalog/entities/by-query', `{"${key}":{"kind":"x"}}`],
        ['POST', '/api/catalog/entity-facets', `{"facets":["kind"],"query":{"$all":[{"${key}" : "x"}]}}`],
        ['POST', '/api/catalog/entities/by-refs', `{"entityRefs":[],"query":{"${key}":"x"}}`],
        ['POST', '/api/catalog/locations/by-query', `{"query":{"${key}":"x"}}`],
        [
          'POST',
          '/api/catalog/validate-entity',
          `{"location":"url:https://x.example/a","entity":${entity(key)}}`,
        ],
        ['POST', '/api/catalog/analyze-location', `{"location":{"target":"https://x.example/a","${key}":1}}`],
        ['POST', '/api/catalog/sources/analyze', `{"target":"https://github.com/a/b","${key}":1}`],
        ['POST', '/api/catalog/sources', `{"target":"https://github.com/a/b","${key}":1}`],
        ['PUT', '/api/catalog/sources/1', `{"isPaused":true,"${key}":{}}`],
        ['POST', '/api/catalog/locations', `{"target":"https://github.com/a/b/blob/m/c","${key}":1}`],
        ['POST', '/api/catalog/refresh', `{"entityRef":"component:only","${key}":{"admin":true}}`],
      ] as const;
    everyIs(await codesOf([...bodies(name), ...bodies(escaped)]), '400 request.not-json');
  });

  it('is in no cursor that this server made', async () => {
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const cursor = (part: string) =>
      encode(
        `{"filter":[],"order":[{"field":"kind","direction":"asc"}],"at":{"values":["a"],"ref":"a"},${part}}`,
      );
    const inCursors = [
      cursor(`"isBackward":false,"query":{"${name}":{"kind":"x"}}`),
      cursor(`"isBackward":false,"${name}":{"kind":"x"}`),
      cursor(`"isBackward":false,"order":[{"field":"${name}","direction":"asc"}]`),
      cursor(`"isBackward":false,"text":{"term":"x","fields":["spec.${name}"]}`),
    ];
    const after = encode(`{"limit":1,"at":{"values":[],"ref":"a","${name}":{"x":1}}}`);
    const codes = await codesOf([
      ...inCursors.map((text) => ['GET', `/api/catalog/entities/by-query?cursor=${text}`] as const),
      ...inCursors.map((text) => ['POST', '/api/catalog/entities/by-query', `{"cursor":"${text}"}`] as const),
      ['GET', `/api/catalog/entities?after=${after}`],
      ['POST', '/api/catalog/locations/by-query', `{"cursor":"${encode(`{"after":"1","${name}":{}}`)}"}`],
      [
        'POST',
        '/api/catalog/locations/by-query',
        `{"cursor":"${encode(`{"after":"1","query":{"${name}":"x"}}`)}"}`,
      ],
      ['GET', `/api/catalog/sources?cursor=${encode(`{"${name}":["a","1"]}`)}`],
      ['GET', `/api/catalog/sources/1/problems?cursor=${encode(`["a","1",{"${name}":1}]`)}`],
      ['GET', `/api/catalog/entities/by-name/component/default/only/history?cursor=${name}`],
    ]);
    everyIs(codes, '400 catalog.bad-cursor');
  });

  it('is a name like any other where it is a value', async () => {
    const answers = await codesOf([
      ['GET', `/api/catalog/entities/by-query?filter=metadata.name=${name}&fullTextFilterTerm=${name}`],
      ['GET', `/api/catalog/entities/by-name/${name}/${name}/${name}`],
      ['GET', `/api/search/query?term=${name}&filters[kind]=${name}`],
      ['POST', '/api/catalog/entities/by-refs', `{"entityRefs":["${name}:${name}/${name}"]}`],
    ]);
    expect(Object.values(answers)).toEqual([
      ...['200 undefined', '404 catalog.entity-not-found', '200 undefined', '200 undefined'],
    ]);
  });
});
