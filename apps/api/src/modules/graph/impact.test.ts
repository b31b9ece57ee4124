import { describe, expect, it } from 'vitest';
import { indexOfRelations } from '../../testing/relation-index.ts';
import { countOwners, findImpact } from './impact.ts';

function reached(entities: Record<string, string[]>, ref: string, depth = 10): string[] {
  const { affected } = findImpact(indexOfRelations(entities), ref, depth);
  return affected.map((each) => `${each.depth} ${each.ref} (${each.viaRelation} ${each.via})`);
}

const component = (name: string) => `component:default/${name}`;

describe('findImpact', () => {
  it('reaches what depends on something, whichever end declares it, and on through them', () => {
    const entities = {
      'resource:default/db': [`dependencyOf ${component('reader')}`],
      [component('reader')]: [],
      [component('writer')]: ['dependsOn resource:default/db'],
      [component('site')]: [`dependsOn ${component('writer')}`, `dependsOn ${component('cdn')}`],
      [component('cdn')]: [],
    };
    expect(reached(entities, 'resource:default/db')).toEqual([
      '1 component:default/reader (dependsOn resource:default/db)',
      '1 component:default/writer (dependsOn resource:default/db)',
      '2 component:default/site (dependsOn component:default/writer)',
    ]);
    expect(reached(entities, component('site'))).toEqual([]);
    expect(reached(entities, 'resource:default/db', 1)).toHaveLength(2);
  });

  it('reaches the APIs that a component provides and their consumers, but no provider from an API', () => {
    const entities = {
      [component('orders')]: ['providesApi api:default/orders', 'consumesApi api:default/stock'],
      'api:default/orders': [],
      'api:default/stock': [`apiProvidedBy ${component('stock')}`],
      [component('stock')]: [],
      [component('shop')]: ['consumesApi api:default/orders'],
    };
    expect(reached(entities, component('orders'))).toEqual([
      '1 api:default/orders (providesApi component:default/orders)',
      '2 component:default/shop (consumesApi api:default/orders)',
    ]);
    expect(reached(entities, 'api:default/orders')).toEqual([
      '1 component:default/shop (consumesApi api:default/orders)',
    ]);
    expect(reached(entities, component('stock')).map((each) => each.split(' ')[1])).toEqual([
      'api:default/stock',
      component('orders'),
      'api:default/orders',
      component('shop'),
    ]);
  });

  it('reaches the parts of domains, systems and components, but no container from a part', () => {
    const entities = {
      'domain:default/retail': [],
      'system:default/shop': ['partOf domain:default/retail'],
      [component('cart')]: ['partOf system:default/shop'],
      [component('cart-worker')]: [`partOf ${component('cart')}`],
      'system:default/other': ['partOf domain:default/elsewhere'],
    };
    expect(reached(entities, 'domain:default/retail')).toEqual([
      '1 system:default/shop (partOf domain:default/retail)',
      '2 component:default/cart (partOf system:default/shop)',
      '3 component:default/cart-worker (partOf component:default/cart)',
    ]);
    expect(reached(entities, component('cart-worker'))).toEqual([]);
  });

  it('reaches neither owners nor what they own, and no relation of an unknown type', () => {
    const entities = {
      'group:default/web': [],
      'user:default/ann': ['memberOf group:default/web', `dependsOn ${component('cart')}`],
      [component('cart')]: ['ownedBy group:default/web', `mirrors ${component('basket')}`],
      [component('basket')]: ['ownedBy group:default/web', `mirrors ${component('cart')}`],
    };
    expect(reached(entities, component('cart'))).toEqual([]);
    expect(reached(entities, 'group:default/web')).toEqual([]);
  });

  it('ends in a cycle, never reaches what is down itself, and takes missing entities for real', () => {
    const entities = {
      [component('a')]: [`dependsOn ${component('b')}`, 'providesApi api:default/missing'],
      [component('b')]: [`dependsOn ${component('a')}`],
      [component('c')]: ['consumesApi api:default/missing'],
    };
    expect(reached(entities, component('a')).map((each) => each.split(' ')[1])).toEqual([
      'api:default/missing',
      component('b'),
      component('c'),
    ]);
  });
});

describe('countOwners', () => {
  it('counts what is affected for each owner, the most affected and the nearest first, unowned too', () => {
    const index = indexOfRelations({
      'resource:default/db': ['ownedBy group:default/storage'],
      [component('a')]: ['dependsOn resource:default/db', 'ownedBy group:default/far'],
      [component('b')]: ['dependsOn resource:default/db'],
      [component('c')]: [`dependsOn ${component('a')}`],
      'group:default/web': [`ownerOf ${component('c')}`],
      [component('d')]: [`dependsOn ${component('c')}`, 'ownedBy group:default/far'],
    });
    const { affected } = findImpact(index, 'resource:default/db', 10);
    expect(countOwners(index, affected)).toEqual([
      { ref: 'group:default/far', affectedCount: 2, nearestDepth: 1 },
      { ref: undefined, affectedCount: 1, nearestDepth: 1 },
      { ref: 'group:default/web', affectedCount: 1, nearestDepth: 2 },
    ]);
  });
});
