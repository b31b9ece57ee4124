import { expect, test } from 'vitest';
import { editDistance, nearestNames } from './nearest-names.ts';

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['ledger', 'ledgre', 2],
  ['kitten', 'sitting', 3],
])('%j is %i letters away from %j', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('the nearest name of the same kind comes first, six at most', () => {
  const named = (kind: string, name: string) => ({ kind, metadata: { name } });
  const found = nearestNames({ kind: 'component', name: 'ledgr' }, [
    named('API', 'ledger'),
    named('Component', 'ledger-api'),
    named('Component', 'ledger'),
    ...Array.from({ length: 9 }, (_, index) => named('Component', `something-else-${index}`)),
  ]);
  expect(found).toHaveLength(6);
  expect(found[0]).toEqual(named('Component', 'ledger'));
  expect(found[1]).toEqual(named('API', 'ledger'));
});
