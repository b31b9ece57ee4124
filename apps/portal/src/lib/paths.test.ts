import { expect, test } from 'vitest';
import type { GraphSearch } from './graph/graph-search.ts';
import { paths } from './paths.ts';

test('an entity’s address is namespace, kind and name, as in Backstage', () => {
  expect(paths.entity('component:default/ledger')).toBe('/catalog/default/component/ledger');
  expect(paths.entity('api:fleet/ledger', { tab: 'source', line: 12 })).toBe(
    '/catalog/fleet/api/ledger?tab=source#L12',
  );
});

test('hostile names cannot leave their place in an address', () => {
  expect(paths.entity('component:default/a?tab=source#x')).toBe(
    '/catalog/default/component/a%3Ftab%3Dsource%23x',
  );
  expect(paths.source('../settings')).toBe('/sources/..%2Fsettings');
});

test('the catalog’s address holds what differs from its start, and nothing else', () => {
  expect(paths.catalog()).toBe('/catalog');
  expect(paths.catalog({ kind: 'component', owner: ['group:default/a', 'group:default/b'], q: '' })).toBe(
    '/catalog?kind=component&owner=group:default/a,group:default/b',
  );
});

test('an entity’s address keeps the instant of the past that is shown', () => {
  expect(paths.entity('component:default/ledger', { asOf: '2026-10-01T12:00:00.000Z', tab: 'history' })).toBe(
    '/catalog/default/component/ledger?tab=history&asOf=2026-10-01T12%3A00%3A00.000Z',
  );
});

test('an entity’s address keeps how its dependencies are looked at', () => {
  const graph: GraphSearch = { depth: 3, kinds: ['api', 'system'], direction: 'both' };
  expect(paths.entity('component:default/ledger', { tab: 'dependencies', graph })).toBe(
    '/catalog/default/component/ledger?tab=dependencies&depth=3&kinds=api,system',
  );
});

test('graph, search and reasons have addresses to share', () => {
  expect(paths.graph({ root: 'component:default/ledger', depth: 3, group: 'none' })).toBe(
    '/graph?root=component:default/ledger&depth=3',
  );
  expect(paths.search({ q: 'paymnets', kind: ['component', 'api'] })).toBe(
    '/search?q=paymnets&kind=component,api',
  );
  expect(paths.why('a&b=c')).toBe('/why?ref=a%26b%3Dc');
});

test('a place in a repository keeps slashes of its path and hides those of its branch', () => {
  const repository = { owner: 'Acme', name: 'shop' };
  expect(paths.repositoryFile(repository, 'feature/x', 'src/a b#.ts')).toBe(
    '/repositories/Acme/shop/blob/feature%2Fx/src/a%20b%23.ts',
  );
  expect(paths.repositoryTree(repository, 'main', '')).toBe('/repositories/Acme/shop/tree/main');
  expect(paths.repositoryCommits(repository)).toBe('/repositories/Acme/shop/commits');
});
