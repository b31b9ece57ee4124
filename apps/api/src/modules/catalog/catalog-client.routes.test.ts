import {
  CATALOG_FILTER_EXISTS,
  type CatalogClient,
  type QueryEntitiesInitialRequest,
  type QueryEntitiesRequest,
} from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { FilterPredicateExpression } from '@backstage/filter-predicates';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClientCatalog, startTimeoutMs, type ClientCatalog } from './testing/client-catalog.ts';

/** Backstage's own client reads, against a catalog that was read from the demo organisation's files. */

const database = useTestDatabase();
let catalog: ClientCatalog;
let client: CatalogClient;
/** Every entity, read without any filter. */
let everything: Entity[] = [];

beforeAll(async () => {
  catalog = await startClientCatalog(database().url, { hasDemo: true });
  ({ client } = catalog);
  everything = (await client.getEntities()).items;
}, startTimeoutMs);

afterAll(() => catalog[Symbol.asyncDispose]());

const refsOf = (entities: readonly Entity[]) => entities.map((entity) => stringifyEntityRef(entity));
const whereKind = (kind: string) => everything.filter((entity) => entity.kind === kind);
const sortedByName = (entities: readonly Entity[]) =>
  entities.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));

describe('getEntities', () => {
  it('gives all of the catalog by ref, as whole entities', () => {
    expect(everything.length).toBeGreaterThan(200);
    expect(refsOf(everything)).toEqual(refsOf(everything).toSorted());
    expect(new Set(everything.map(({ metadata }) => metadata.uid)).size).toBe(everything.length);
    for (const entity of everything) expect(entity.metadata.etag).toBeTruthy();
  });

  it('filters with AND, OR, lists and existence, and keeps the asked fields', async () => {
    const { items } = await client.getEntities({
      filter: [{ kind: ['Group', 'user'] }, { kind: 'component', 'spec.system': CATALOG_FILTER_EXISTS }],
      fields: ['kind', 'metadata.name'],
    });
    const expected = everything.filter(
      ({ kind, spec }) =>
        kind === 'Group' || kind === 'User' || (kind === 'Component' && spec?.['system'] !== undefined),
    );
    expect(expected.length).toBeGreaterThan(50);
    expect(items).toEqual(expected.map(({ kind, metadata: { name } }) => ({ kind, metadata: { name } })));
  });

  it('orders, with entities that lack the field last, and takes a part of the list', async () => {
    const request = { order: { field: 'spec.lifecycle', order: 'desc' as const } };
    const { items } = await client.getEntities(request);
    const lifecycles = items.map(({ spec }) => spec?.['lifecycle'] as string | undefined); // only compared below
    const present = lifecycles.filter((lifecycle) => lifecycle !== undefined);
    expect(items).toHaveLength(everything.length);
    expect(lifecycles.slice(present.length).every((lifecycle) => lifecycle === undefined)).toBe(true);
    expect(present).toEqual(present.toSorted().reverse());
    const part = await client.getEntities({ ...request, offset: 5, limit: 10 });
    expect(refsOf(part.items)).toEqual(refsOf(items.slice(5, 15)));
  });
});

describe('queryEntities', () => {
  const walk = async (request: QueryEntitiesInitialRequest & { limit: number }) => {
    const pages = [await client.queryEntities(request)];
    for (let last = pages[0]; last?.pageInfo.nextCursor; last = pages.at(-1)) {
      pages.push(await client.queryEntities({ cursor: last.pageInfo.nextCursor, limit: request.limit }));
    }
    return pages;
  };

  it.each<[string, Pick<QueryEntitiesInitialRequest, 'filter' | 'query'>]>([
    ['filters', { filter: { kind: 'component' } }],
    ['predicates', { query: { $all: [{ kind: 'component' }, { $not: { 'metadata.name': 'nobody-é' } }] } }],
  ])('walks with cursors to the end and back, by %s', async (_, question) => {
    const expected = refsOf(sortedByName(whereKind('Component')));
    const orderFields = { field: 'metadata.name', order: 'asc' as const };
    const pages = await walk({ ...question, orderFields, limit: 7 });
    expect(pages.flatMap(({ items }) => refsOf(items))).toEqual(expected);
    expect(new Set(pages.map(({ totalItems }) => totalItems))).toEqual(new Set([expected.length]));
    expect(pages[0]?.pageInfo.prevCursor).toBeUndefined();
    let page = pages.at(-1);
    for (const earlier of pages.slice(0, -1).reverse()) {
      page = await client.queryEntities({ cursor: page?.pageInfo.prevCursor ?? '', limit: 7 });
      expect(refsOf(page.items)).toEqual(refsOf(earlier.items));
    }
    expect(page?.pageInfo.prevCursor).toBeUndefined();
    expect(page?.pageInfo.nextCursor).toBeDefined();
  });

  it('combines filter, predicate, text and fields of one request', async () => {
    const { items, totalItems } = await client.queryEntities({
      filter: { kind: ['component', 'api'] },
      query: { 'spec.owner': { $exists: true }, 'metadata.name': { $hasPrefix: 'OWN-' } },
      fullTextFilter: { term: 'serv', fields: ['metadata.name'] },
      fields: ['metadata.name'],
    });
    expect({ items, totalItems }).toEqual({ items: [{ metadata: { name: 'own-service' } }], totalItems: 1 });
  });

  it('finds relations by $contains, to one target, to one of several, and to any', async () => {
    const related = async (relation: FilterPredicateExpression) =>
      (await client.queryEntities({ query: { relations: { $contains: relation } }, limit: 1000 })).items;
    const has = (entity: Entity, type: string, ref?: string) =>
      entity.relations?.some((one) => one.type === type && (ref === undefined || one.targetRef === ref)) ??
      false;
    const service = 'component:default/own-service';
    expect(refsOf(await related({ type: 'dependsOn', targetRef: service }))).toEqual([
      'component:default/own-deep',
    ]);
    expect(await related({ type: 'DEPENDSON', targetRef: { $in: ['x:y/z', service] } })).toHaveLength(1);
    expect(new Set(refsOf(await related({ type: 'hasPart' })))).toEqual(
      new Set(refsOf(everything.filter((entity) => has(entity, 'hasPart')))),
    );
  });

  it('leaves the total out of every page when it is not wanted', async () => {
    const pages = await walk({ filter: { kind: 'user' }, totalItems: 'exclude', limit: 25 });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(({ totalItems }) => totalItems)).toEqual(pages.map(() => 0));
    expect(pages.flatMap(({ items }) => items)).toHaveLength(whereKind('User').length);
  });

  it('streams everything in pages, once', async () => {
    const streamed: Entity[] = [];
    for await (const page of client.streamEntities({ pageSize: 50 })) streamed.push(...page);
    expect(new Set(refsOf(streamed))).toEqual(new Set(refsOf(everything)));
    expect(streamed).toHaveLength(everything.length);
    const apis: Entity[] = [];
    for await (const page of client.streamEntities({ query: { kind: 'api' }, pageSize: 10 }))
      apis.push(...page);
    expect(refsOf(apis).toSorted()).toEqual(refsOf(whereKind('API')).toSorted());
  });

  it.each([
    ['catalog.bad-filter', { filter: { '': 'x' } }],
    ['catalog.bad-filter', { filter: { 'metadata.__proto__.x': 'x' } }],
    ['catalog.bad-predicate', { query: { $all: [{ kind: 'x' }], kind: 'y' } }],
    ['catalog.bad-predicate', { query: { kind: { $like: 'x' } } }],
    ['request.not-json', { query: { constructor: 'x' } }],
    ['catalog.bad-order', { orderFields: { field: '', order: 'asc' } }],
    ['catalog.bad-cursor', { cursor: 'nonsense' }],
  ])('refuses with %s what cannot be asked: %j', async (code, request) => {
    // What the types of the client forbid, other clients send.
    await expect(client.queryEntities(request as QueryEntitiesRequest)).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 400,
      cause: { message: expect.stringContaining(code) as string },
    });
  });
});

describe('entities that are named', () => {
  it('are found by ref, or not', async () => {
    const entity = await client.getEntityByRef('component:default/own-service');
    expect(entity).toMatchObject({ kind: 'Component', spec: { lifecycle: 'production' } });
    expect(
      await client.getEntityByRef({ kind: 'Component', namespace: 'default', name: 'OWN-SERVICE' }),
    ).toEqual(entity);
    expect(await client.getEntityByRef('component:default/nobody')).toBeUndefined();
  });

  it('come by refs in the order asked, undefined where there is none or the question leaves it out', async () => {
    const entityRefs = ['component:default/own-deep', 'system:default/none', 'Component:own-service'];
    const all = await client.getEntitiesByRefs({ entityRefs, fields: ['metadata.name'] });
    expect(all.items).toEqual([
      { metadata: { name: 'own-deep' } },
      undefined,
      { metadata: { name: 'own-service' } },
    ]);
    const filtered = await client.getEntitiesByRefs({
      entityRefs,
      filter: { 'relations.dependsOn': CATALOG_FILTER_EXISTS },
    });
    expect(filtered.items.map((entity) => entity?.metadata.name)).toEqual(['own-deep', undefined, undefined]);
    const asked = await client.getEntitiesByRefs({
      entityRefs,
      query: { $not: { 'relations.dependsOn': { $exists: true } } },
    });
    expect(asked.items.map((entity) => entity?.metadata.name)).toEqual([undefined, undefined, 'own-service']);
  });

  it('tell which locations lead to them', async () => {
    const { rootEntityRef, items } = await client.getEntityAncestors({
      entityRef: 'component:default/own-deep',
    });
    expect(rootEntityRef).toBe('component:default/own-deep');
    expect(
      items.map(({ entity, parentEntityRefs }) => [stringifyEntityRef(entity), parentEntityRefs]),
    ).toEqual([
      ['component:default/own-deep', ['location:default/own-inner']],
      ['location:default/own-inner', ['location:default/own-root']],
      ['location:default/own-root', []],
    ]);
    await expect(client.getEntityAncestors({ entityRef: 'component:default/nobody' })).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe('getEntityFacets', () => {
  it('counts within a filter and within a predicate', async () => {
    const types = new Map<string, number>();
    for (const { spec } of whereKind('Component')) {
      const type = spec?.['type'] as string; // every component has one
      types.set(type, (types.get(type) ?? 0) + 1);
    }
    const expected = Object.fromEntries(types);
    const byFilter = await client.getEntityFacets({ facets: ['spec.type'], filter: { kind: 'component' } });
    const byPredicate = await client.getEntityFacets({ facets: ['spec.type'], query: { kind: 'component' } });
    const asObject = (counts: { value: string; count: number }[] | undefined) =>
      Object.fromEntries((counts ?? []).map(({ value, count }) => [value, count]));
    expect(types.size).toBeGreaterThan(1);
    expect(asObject(byFilter.facets['spec.type'])).toEqual(expected);
    expect(asObject(byPredicate.facets['spec.type'])).toEqual(expected);
  });
});
