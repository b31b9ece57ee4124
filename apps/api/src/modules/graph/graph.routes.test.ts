import { getGraph, getImpact } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId = '';

const TEAM =
  'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-a\n' +
  'spec:\n  type: team\n  children: []\n  profile:\n    displayName: Team A\n    email: team-a@example.com\n';
const SYSTEM =
  'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: shop\n  title: The shop\n' +
  'spec:\n  owner: team-a\n  domain: retail\n';

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  await folder.write('org.yaml', [TEAM, SYSTEM].join('---\n'));
  await folder.write('cart.yaml', componentYaml('Cart', ['system: shop', 'dependsOn: [component:stock]']));
  await folder.write('stock.yaml', componentYaml('stock', ['dependsOn: [resource:gone]']));
  [sourceId = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(sourceId);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

describe('GET graph', () => {
  it('describes the nodes as the catalog has them, with owner, system and domain', async () => {
    const graph = await harness.api.call(getGraph, { query: { root: 'Component:Default/CART' } });
    expect(graph.rootRefs).toEqual(['component:default/cart']);
    expect(graph.nodes).toEqual([
      {
        ref: 'component:default/cart',
        ...{
          kind: 'Component',
          namespace: 'default',
          name: 'Cart',
          type: 'service',
          lifecycle: 'production',
        },
        ...{ ownerRef: 'group:default/team-a', systemRef: 'system:default/shop' },
        ...{ domainRef: 'domain:default/retail', depth: 0, isMissing: false },
      },
      expect.objectContaining({ ref: 'component:default/stock', depth: 1, isMissing: false }),
      expect.objectContaining({ ref: 'group:default/team-a', title: 'Team A', isMissing: false }),
      expect.objectContaining({ ref: 'system:default/shop', title: 'The shop', kind: 'System' }),
    ]);
    expect(graph.edges).toContainEqual({
      ...{ source: 'component:default/cart', type: 'dependsOn', target: 'component:default/stock' },
    });
    expect(graph).toMatchObject({ totalNodes: 4, omitted: [] });
    expect(graph.isCountLimited).toBeUndefined();
  });

  it('shows what is only referred to as missing, as a root too', async () => {
    const { nodes, edges } = await harness.api.call(getGraph, { query: { root: 'resource:default/gone' } });
    expect(nodes).toMatchObject([
      { ref: 'resource:default/gone', kind: 'resource', name: 'gone', depth: 0, isMissing: true },
      { ref: 'component:default/stock', depth: 1, isMissing: false },
    ]);
    expect(edges).toEqual([
      { source: 'component:default/stock', type: 'dependsOn', target: 'resource:default/gone' },
    ]);
  });

  it('takes several roots, and summarises what is beyond the limit in the words of the catalog', async () => {
    const graph = await harness.api.call(getGraph, {
      query: {
        root: ['component:stock', 'component:cart'],
        limit: 2,
        depth: 2,
        kinds: 'component,system,domain',
      },
    });
    expect(graph.nodes.map(({ ref }) => ref)).toEqual(['component:default/cart', 'component:default/stock']);
    expect(graph).toMatchObject({
      totalNodes: 4,
      omitted: [
        { kind: 'System', count: 1 },
        { kind: 'domain', count: 1 },
      ],
    });
  });

  it.each([
    [{ root: 'component:default/nobody' }, 'catalog.entity-not-found', 404],
    [{ root: 'no reference' }, 'catalog.bad-reference', 400],
    // Before anything was recorded the catalog was empty.
    [{ root: 'component:cart', asOf: '2020-01-01T00:00:00Z' }, 'catalog.entity-not-found', 404],
    [{ root: 'component:cart', asOf: '2999-01-01T00:00:00Z' }, 'catalog.bad-instant', 400],
    [{ root: 'component:cart', depth: 7 }, 'request.invalid', 400],
    [{ root: 'component:cart', limit: 501 }, 'request.invalid', 400],
    [{ root: [] }, 'request.invalid', 400],
  ])('refuses %j with %s', async (query, code, status) => {
    await expect(harness.api.call(getGraph, { query })).rejects.toMatchObject({ code, status });
  });
});

describe('GET impact', () => {
  it('names what is affected and whom to tell', async () => {
    const impact = await harness.api.call(getImpact, { query: { entityRef: 'resource:gone' } });
    expect(impact).toMatchObject({
      ref: 'resource:default/gone',
      affected: [
        { ref: 'component:default/stock', depth: 1, via: 'resource:default/gone', viaRelation: 'dependsOn' },
        { ref: 'component:default/cart', name: 'Cart', depth: 2, via: 'component:default/stock' },
      ],
      totalAffected: 2,
      owners: [
        {
          ...{ ref: 'group:default/team-a', title: 'Team A', email: 'team-a@example.com' },
          ...{ affectedCount: 2, nearestDepth: 1 },
        },
      ],
      totalOwners: 1,
    });
  });

  it('counts all that are affected and shows the nearest', async () => {
    const impact = await harness.api.call(getImpact, { query: { entityRef: 'resource:gone', limit: 1 } });
    expect(impact.affected).toHaveLength(1);
    expect(impact).toMatchObject({ totalAffected: 2, owners: [{ affectedCount: 2 }] });
  });
});

it('follows a write: a relation that went is gone, and one that came is there', async () => {
  await folder.write('stock.yaml', componentYaml('stock', ['dependsOn: [component:cart]']));
  await harness.read(sourceId);
  await expect(
    harness.api.call(getGraph, { query: { root: 'resource:default/gone' } }),
  ).rejects.toMatchObject({ code: 'catalog.entity-not-found' });
  const { affected } = await harness.api.call(getImpact, { query: { entityRef: 'component:cart' } });
  expect(affected.map(({ ref }) => ref)).toEqual(['component:default/stock']);
});
