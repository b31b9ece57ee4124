import { CatalogClient } from '@backstage/catalog-client';
import {
  getEntitiesByRefs,
  getEntityFacets,
  getEntityOrigin,
  getLocations,
  queryEntities,
  refreshEntity,
  type EndpointInput,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchInto, startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;

const letters = [...'abcdefghij'];

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  const documents = letters.map((letter, index) =>
    componentYaml(`svc-${letter}`, [
      `system: ${index < 5 ? 'left' : 'right'}`,
      ...(index === 0 ? ['dependsOn: [component:svc-b, resource:nowhere]'] : []),
    ]),
  );
  await folder.write('services.yaml', documents.join('---\n'));
  await folder.write(
    'api.yaml',
    'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: Orders\n  title: Orders API\n  description: all of them\n  tags: [rest]\n' +
      'spec:\n  type: openapi\n  lifecycle: production\n  owner: team-b\n  definition: "openapi: 3.1.0"\n',
  );
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(id);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const query = (parameters: EndpointInput<typeof queryEntities>['query']) =>
  harness.api.call(queryEntities, { query: parameters });
const namesOf = ({ items }: Awaited<ReturnType<typeof query>>) => items.map((item) => item.metadata?.name);

describe('by-query', () => {
  it('pages forwards and backwards through every match once, in order, with the total on each page', async () => {
    const filter = 'kind=component';
    const seen: (string | undefined)[] = [];
    let page = await query({ filter, orderField: 'metadata.name,desc', limit: 3 });
    const backwards: (string | undefined)[][] = [];
    for (;;) {
      expect(page.totalItems).toBe(10);
      seen.push(...namesOf(page));
      backwards.unshift(namesOf(page));
      if (page.pageInfo.nextCursor === undefined) break;
      page = await query({ cursor: page.pageInfo.nextCursor, limit: 3 });
    }
    expect(seen).toEqual(letters.map((letter) => `svc-${letter}`).reverse());
    for (const expected of backwards
      .slice(0, -1)
      .reverse()
      .map((_, index) => backwards[index + 1])) {
      expect(page.pageInfo.prevCursor).toBeDefined();
      page = await query({ cursor: page.pageInfo.prevCursor ?? '', limit: 3 });
      expect(namesOf(page)).toEqual(expected);
      expect(page.pageInfo.nextCursor).toBeDefined();
    }
    expect(page.pageInfo.prevCursor).toBeUndefined();
  });

  it('ANDs conditions, ORs filters and values of one key, and compares without case', async () => {
    const left = await query({
      filter: 'KIND=Component,relations.partOf=system:default/left',
      orderField: 'metadata.name,asc',
    });
    expect(namesOf(left)).toEqual(['svc-a', 'svc-b', 'svc-c', 'svc-d', 'svc-e']);
    const either = await query({
      filter: ['kind=api', 'metadata.name=svc-a,metadata.name=SVC-B'],
      orderField: 'metadata.name,asc',
    });
    expect(namesOf(either)).toEqual(['Orders', 'svc-a', 'svc-b']);
    expect((await query({ filter: 'kind=component,metadata.tags' })).totalItems).toBe(0);
  });

  it('finds text in the named fields, and in name, title and description without any', async () => {
    expect(namesOf(await query({ fullTextFilterTerm: 'rders a' }))).toEqual(['Orders']);
    expect(
      (await query({ fullTextFilterTerm: 'all of', fullTextFilterFields: 'metadata.name' })).totalItems,
    ).toBe(0);
    expect(
      (await query({ fullTextFilterTerm: 'team-b', fullTextFilterFields: 'relations.ownedBy' })).totalItems,
    ).toBe(1);
  });

  it('keeps only the asked fields, dotted keys too', async () => {
    const { items } = await query({
      filter: 'kind=api',
      fields: 'kind,metadata.name,metadata.annotations.backstage.io/managed-by-location,spec.nothing',
    });
    expect(items).toEqual([
      {
        kind: 'API',
        metadata: {
          name: 'Orders',
          annotations: { 'backstage.io/managed-by-location': `file:${folder.directory}/api.yaml` },
        },
      },
    ]);
  });

  it('leaves out entities that have no value to sort by, and never takes a limit of 0 for none', async () => {
    expect((await query({ orderField: 'metadata.title,asc' })).totalItems).toBe(1);
    expect(await query({ limit: 0 })).toMatchObject({ items: [], totalItems: 11 });
    expect((await query({ totalItems: 'exclude', limit: 1 })).items).toHaveLength(1);
  });

  it.each([
    [{ filter: '=component' }, 'catalog.bad-filter'],
    [{ filter: Array.from({ length: 250 }, (_, index) => `k${index}`).join(',') }, 'catalog.bad-filter'],
    [{ orderField: 'metadata.name,up' }, 'catalog.bad-order'],
    [{ cursor: 'bm90IGEgY3Vyc29y' }, 'catalog.bad-cursor'],
    [{ limit: -1 }, 'request.invalid'],
    [{ limit: 100_000 }, 'request.invalid'],
  ])('refuses %j with %s', async (parameters, code) => {
    await expect(query(parameters)).rejects.toMatchObject({ code, status: 400 });
  });
});

describe('single entities', () => {
  it('are found by name without regard to case, with uid, etag and both directions of relations', async () => {
    const entity = await harness.entity('Component', 'SVC-B', 'Default');
    expect(entity).toMatchObject({ kind: 'Component', metadata: { name: 'svc-b', namespace: 'default' } });
    expect(entity?.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(entity?.relations).toEqual([
      { type: 'dependencyOf', targetRef: 'component:default/svc-a' },
      { type: 'ownedBy', targetRef: 'group:default/team-a' },
      { type: 'partOf', targetRef: 'system:default/left' },
    ]);
  });

  it('are answered by reference in the order asked, null for what is not there', async () => {
    const { items } = await harness.api.call(getEntitiesByRefs, {
      query: {},
      body: {
        entityRefs: ['component:svc-b', 'resource:default/nowhere', 'API:default/orders'],
        fields: ['metadata.name'],
      },
    });
    expect(items).toEqual([{ metadata: { name: 'svc-b' } }, null, { metadata: { name: 'Orders' } }]);
    await expect(
      harness.api.call(getEntitiesByRefs, { query: {}, body: { entityRefs: [':'] } }),
    ).rejects.toMatchObject({ code: 'catalog.bad-reference' });
  });

  it('tell where they come from, with the text as it stands in the file', async () => {
    const origin = await harness.api.call(getEntityOrigin, {
      params: { kind: 'component', namespace: 'default', name: 'svc-c' },
    });
    expect(origin).toMatchObject({ path: 'services.yaml', documentIndex: 2, rivals: [] });
    expect(origin.text).toContain('name: svc-c');
    const lines = (await import('node:fs'))
      .readFileSync(`${folder.directory}/services.yaml`, 'utf8')
      .split('\n');
    expect(lines[origin.line - 1]).toBe('apiVersion: backstage.io/v1alpha1');
  });

  it('are refreshed on request, which queues their source', async () => {
    await harness.api.call(refreshEntity, { body: { entityRef: 'component:default/svc-a' } });
    const { rows } = await harness.database.pool.query('SELECT state FROM catalog_source');
    expect(rows).toEqual([{ state: 'queued' }]);
    const audit = await harness.database.pool.query('SELECT actor, action FROM audit_entry');
    expect(audit.rows).toEqual([{ actor: 'user:default/guest', action: 'source.refresh' }]);
    await expect(
      harness.api.call(refreshEntity, { body: { entityRef: 'component:default/nobody' } }),
    ).rejects.toMatchObject({ code: 'catalog.entity-not-found' });
  });
});

describe('facets', () => {
  it('count values as written, most frequent first, within a filter and a text', async () => {
    const { facets } = await harness.api.call(getEntityFacets, {
      query: { facet: ['kind', 'spec.type', 'relations.ownedBy', 'relations.partOf'] },
    });
    expect(facets).toEqual({
      kind: [
        { value: 'Component', count: 10 },
        { value: 'API', count: 1 },
      ],
      'spec.type': [
        { value: 'service', count: 10 },
        { value: 'openapi', count: 1 },
      ],
      'relations.ownedBy': [
        { value: 'group:default/team-a', count: 10 },
        { value: 'group:default/team-b', count: 1 },
      ],
      'relations.partOf': [
        { value: 'system:default/left', count: 5 },
        { value: 'system:default/right', count: 5 },
      ],
    });
    const narrowed = await harness.api.call(getEntityFacets, {
      query: {
        facet: 'kind',
        filter: 'relations.partOf',
        fullTextFilterTerm: 'svc-a',
        fullTextFilterFields: 'metadata.name',
      },
    });
    expect(narrowed.facets).toEqual({ kind: [{ value: 'Component', count: 1 }] });
  });
});

describe("Backstage's own client", () => {
  const client = () =>
    new CatalogClient({
      discoveryApi: { getBaseUrl: async (plugin) => `http://localhost/api/${plugin}` },
      fetchApi: { fetch: fetchInto(harness.app) },
    });

  it('reads entities, pages, facets and locations', async () => {
    const page = await client().queryEntities({
      filter: { kind: 'component' },
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: 4,
    });
    expect(page.items.map((entity) => entity.metadata.name)).toEqual(['svc-a', 'svc-b', 'svc-c', 'svc-d']);
    const next = await client().queryEntities({ cursor: page.pageInfo.nextCursor ?? '', limit: 4 });
    expect(next.items[0]?.metadata.name).toBe('svc-e');
    expect((await client().getEntityByRef('component:default/svc-a'))?.metadata.name).toBe('svc-a');
    expect(await client().getEntityByRef('component:default/nobody')).toBeUndefined();
    const byRefs = await client().getEntitiesByRefs({
      entityRefs: ['component:default/svc-a', 'api:default/none'],
    });
    expect(byRefs.items.map((entity) => entity?.metadata.name)).toEqual(['svc-a', undefined]);
    const facets = await client().getEntityFacets({ facets: ['kind'] });
    expect(facets.facets['kind']).toContainEqual({ value: 'API', count: 1 });
    const locations = await harness.api.call(getLocations, {});
    expect(locations).toMatchObject([{ data: { type: 'file', target: folder.directory } }]);
    expect((await client().getLocationById(locations[0]?.data.id ?? ''))?.target).toBe(folder.directory);
  });
});
