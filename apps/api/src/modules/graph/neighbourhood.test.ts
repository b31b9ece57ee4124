import { describe, expect, it } from 'vitest';
import { indexOfRelations } from '../../testing/relation-index.ts';
import { findNeighbourhood, type NeighbourhoodOptions } from './neighbourhood.ts';

const shop = () =>
  indexOfRelations({
    'system:default/shop': ['partOf domain:default/retail'],
    'domain:default/retail': [],
    'component:default/cart': [
      'partOf system:default/shop',
      'ownedBy group:default/web',
      'dependsOn component:default/stock',
      'dependsOn resource:default/gone',
      'mirrors component:default/stock',
    ],
    // Declares the pair from the other end, too.
    'component:default/stock': ['dependencyOf component:default/cart', 'ownedBy group:default/web'],
    'group:default/web': ['parentOf group:default/web-test'],
    'group:default/web-test': ['childOf group:default/web'],
  });

function around(root: string, options: Partial<NeighbourhoodOptions> = {}) {
  const found = findNeighbourhood(shop(), {
    ...{ rootRefs: [root], depth: 1, direction: 'both', limit: 100 },
    ...options,
  });
  return {
    ...found,
    refs: found.nodes.map(({ ref }) => ref),
    edges: found.edges.map(({ source, type, target }) => `${source} ${type} ${target}`),
  };
}

describe('findNeighbourhood', () => {
  it('tells each relation once, in the forward direction, dangling targets and unknown types too', () => {
    const { refs, edges, totalNodes, omitted } = around('component:default/cart');
    expect(refs).toEqual([
      'component:default/cart',
      'component:default/stock',
      'group:default/web',
      'resource:default/gone',
      'system:default/shop',
    ]);
    expect(edges).toEqual([
      'component:default/cart dependsOn component:default/stock',
      'component:default/cart dependsOn resource:default/gone',
      'component:default/cart mirrors component:default/stock',
      'component:default/cart ownedBy group:default/web',
      'component:default/cart partOf system:default/shop',
      'component:default/stock ownedBy group:default/web',
    ]);
    expect({ totalNodes, omitted: omitted.size }).toEqual({ totalNodes: 5, omitted: 0 });
  });

  it('finds who points at a ref that the catalog does not have', () => {
    expect(around('resource:default/gone').refs).toEqual(['resource:default/gone', 'component:default/cart']);
  });

  it('follows relations from their source or from their target alone', () => {
    expect(around('group:default/web', { direction: 'forward' }).refs).toEqual(['group:default/web']);
    expect(around('group:default/web', { direction: 'backward' }).refs).toEqual([
      'group:default/web',
      'component:default/cart',
      'component:default/stock',
      'group:default/web-test',
    ]);
    expect(around('component:default/stock', { direction: 'forward' }).refs).toEqual([
      'component:default/stock',
      'group:default/web',
    ]);
  });

  it('neither shows nor walks through kinds that are not asked for; the root is always shown', () => {
    const options = { depth: 3, kinds: ['Component', 'DOMAIN'] };
    expect(around('component:default/cart', options).refs).toEqual([
      'component:default/cart',
      'component:default/stock',
    ]);
    expect(around('system:default/shop', { ...options, depth: 1 }).refs).toEqual([
      'system:default/shop',
      'component:default/cart',
      'domain:default/retail',
    ]);
    expect(around('component:default/cart', { kinds: [] }).refs).toHaveLength(5);
  });

  it('follows only the asked relations, by either name of their pair and in any case', () => {
    for (const relation of ['partOf', 'hasPart', 'haspart']) {
      const { refs, edges } = around('component:default/cart', { depth: 3, relations: [relation] });
      expect(refs).toEqual(['component:default/cart', 'system:default/shop', 'domain:default/retail']);
      expect(edges).toEqual([
        'component:default/cart partOf system:default/shop',
        'system:default/shop partOf domain:default/retail',
      ]);
    }
    expect(around('component:default/cart', { relations: ['DEPENDSON'] }).refs).toEqual([
      'component:default/cart',
      'component:default/stock',
      'resource:default/gone',
    ]);
  });

  it('keeps the nearest nodes, counts the others by kind, and shows no relation that leads to them', () => {
    const { refs, edges, totalNodes, omitted } = around('component:default/cart', { depth: 2, limit: 3 });
    expect(refs).toEqual(['component:default/cart', 'component:default/stock', 'group:default/web']);
    expect(totalNodes).toBe(7);
    expect(Object.fromEntries(omitted)).toEqual({ resource: 1, system: 1, group: 1, domain: 1 });
    for (const edge of edges) {
      const [source, , target] = edge.split(' ');
      expect(refs).toContain(source);
      expect(refs).toContain(target);
    }
  });

  it('counts no further than its bound, and says so', () => {
    const hub = indexOfRelations({
      'group:default/all': [],
      ...Object.fromEntries(
        Array.from({ length: 20_500 }, (_, item) => [
          `component:default/c${item}`,
          ['ownedBy group:default/all'],
        ]),
      ),
    });
    const options = { rootRefs: ['group:default/all'], direction: 'both', limit: 10 } as const;
    const far = findNeighbourhood(hub, { ...options, depth: 6 });
    expect({ kept: far.nodes.length, isCountLimited: far.isCountLimited }).toEqual({
      kept: 10,
      isCountLimited: true,
    });
    expect(far.totalNodes).toBe(20_501);
    expect(findNeighbourhood(hub, { ...options, depth: 1 })).toMatchObject({
      isCountLimited: false,
      totalNodes: 20_501,
    });
  });
});
