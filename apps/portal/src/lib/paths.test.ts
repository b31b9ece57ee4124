import { expect, test } from 'vitest';
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
