import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  CATALOG_FILTER_EXISTS,
  CatalogClient,
  type QueryEntitiesInitialRequest,
  type QueryEntitiesRequest,
} from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { FilterPredicateExpression } from '@backstage/filter-predicates';
import { demoFolderLocations, seedDemoFolders } from '@waymark/demo-organisation';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** Backstage's own client, over real HTTP, against a catalog that was read from the demo organisation's files. */

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;
let client: CatalogClient;
/** The source of the entities that a test of its own made. */
let ownSource = '';
/** Every entity, read without any filter. */
let everything: Entity[] = [];

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({
    databaseUrl: database().url,
    home: folder.directory,
    kinds: [
      {
        apiVersion: 'example.com/v1',
        kind: 'Runbook',
        schema: {
          type: 'object',
          properties: { spec: { type: 'object', required: ['steps'] } },
          required: ['spec'],
        },
      },
    ],
  });
  await seedDemoFolders({ home: folder.directory });
  await folder.write('own/catalog-info.yaml', locationYaml('own-root', ['./services/*.yaml']));
  await folder.write(
    'own/services/all.yaml',
    [locationYaml('own-inner', ['../deep/one.yaml']), componentYaml('own-service')].join('---\n'),
  );
  await folder.write('own/deep/one.yaml', componentYaml('own-deep', ['dependsOn: [component:own-service]']));
  const own = {
    type: 'file' as const,
    target: path.join(folder.directory, 'own'),
    path: 'catalog-info.yaml',
    origin: 'config' as const,
  };
  // One source instead of one for each folder: the same entities, and one read.
  const [anyFolder] = demoFolderLocations({ home: folder.directory });
  const demo = {
    type: 'file' as const,
    target: path.dirname(anyFolder?.target ?? ''),
    path: '**/catalog-info.yaml',
    origin: 'demo' as const,
  };
  const ids = await harness.declare([demo, own]);
  for (const id of ids) await harness.read(id);
  ownSource = ids.at(-1) ?? '';
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = harness.app.server.address() as AddressInfo; // a TCP port was asked for
  client = new CatalogClient({
    discoveryApi: { getBaseUrl: async (plugin) => `http://127.0.0.1:${port}/api/${plugin}` },
    fetchApi: { fetch },
  });
  everything = (await client.getEntities()).items;
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

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
    ['catalog.bad-predicate', { query: { constructor: 'x' } }],
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
      const type = String(spec?.['type']);
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

describe('refreshEntity', () => {
  it('queues a read of the source, and says when there is no such entity', async () => {
    await client.refreshEntity('component:default/own-service');
    const { rows } = await harness.database.pool.query(
      'SELECT id, state FROM catalog_source WHERE state = $1',
      ['queued'],
    );
    expect(rows).toEqual([{ id: ownSource, state: 'queued' }]);
    await expect(client.refreshEntity('component:default/nobody')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('removeEntityByUid', () => {
  it('takes an entity out at once and for everybody, and the next read of its unchanged file brings it back', async () => {
    const ref = 'component:default/own-deep';
    const before = await client.getEntityByRef(ref);
    await client.removeEntityByUid(before?.metadata.uid ?? '');
    expect(await client.getEntityByRef(ref)).toBeUndefined();
    expect((await client.getEntityByRef('component:default/own-service'))?.relations).not.toContainEqual({
      type: 'dependencyOf',
      targetRef: ref,
    });
    await expect(client.removeEntityByUid(before?.metadata.uid ?? '')).rejects.toMatchObject({
      statusCode: 404,
    });
    const { rows } = await harness.database.pool.query(
      'SELECT actor, target FROM audit_entry WHERE action = $1',
      ['entity.delete'],
    );
    expect(rows).toEqual([{ actor: 'user:default/guest', target: ref }]);

    await harness.read(ownSource);
    const after = await client.getEntityByRef(ref);
    expect(after?.spec).toEqual(before?.spec);
    expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
    expect((await client.getEntityByRef('component:default/own-service'))?.relations).toContainEqual({
      type: 'dependencyOf',
      targetRef: ref,
    });
  });
});

describe('validateEntity', () => {
  const valid = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'new' },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
  };
  const location = 'url:https://example.com/repo/catalog-info.yaml';

  it('accepts what the catalog would accept, a kind of the configuration too', async () => {
    expect(await client.validateEntity(valid, location)).toEqual({ valid: true });
    const runbook = {
      apiVersion: 'example.com/v1',
      kind: 'Runbook',
      metadata: { name: 'restart' },
      spec: { steps: [] },
    };
    expect(await client.validateEntity(runbook, location)).toEqual({ valid: true });
    expect(await client.getEntityByRef('component:default/new')).toBeUndefined();
  });

  it.each([
    [
      'a missing field',
      { ...valid, spec: { type: 'service', lifecycle: 'production' } },
      location,
      /spec\.owner/,
    ],
    ['a bad name', { ...valid, metadata: { name: 'not a name' } }, location, /metadata\.name/],
    ['an unknown kind', { ...valid, kind: 'Starship' }, location, /Starship/],
    [
      'a field that a kind of the configuration demands',
      { apiVersion: 'example.com/v1', kind: 'Runbook', metadata: { name: 'x' }, spec: {} },
      location,
      /steps/,
    ],
    ['a location that is none', valid, 'nowhere', /nowhere/],
  ])('tells everything that is wrong: %s', async (_, entity, locationRef, message) => {
    const verdict = await client.validateEntity(entity, locationRef);
    expect(verdict).toEqual({
      valid: false,
      errors: expect.arrayContaining([
        { name: 'InputError', message: expect.stringMatching(message) as string },
      ]) as unknown[],
    });
  });
});
