import { expect, test } from 'vitest';
import { readAsked } from './asked-ref.ts';

test('a reference is taken as it stands, with the usual namespace and in lower case', () => {
  expect(readAsked(' Component:Ledger ')).toEqual({ isComplete: true, ref: 'component:default/ledger' });
  expect(readAsked('api:fleet/routes')).toEqual({ isComplete: true, ref: 'api:fleet/routes' });
});

test('the address of an entity’s page is a reference', () => {
  expect(readAsked('https://portal.example/catalog/default/component/ledger?tab=source')).toEqual({
    isComplete: true,
    ref: 'component:default/ledger',
  });
  expect(readAsked('/catalog/default/component/%E0%A4%A')).toEqual({
    isComplete: true,
    ref: 'component:default/%e0%a4%a',
  });
});

test('a name alone may stand for several things', () => {
  expect(readAsked('ledger')).toEqual({ isComplete: false, name: 'ledger' });
  expect(readAsked('https://example.com/nothing here')).toEqual({
    isComplete: false,
    name: 'https://example.com/nothing here',
  });
  expect(readAsked('   ')).toBeUndefined();
});
