import { describe, expect, test } from 'vitest';
import { entityRefOf, entityTitle, parseRef, refLabel, specRef } from './entity-ref.ts';

describe('parseRef', () => {
  test.each([
    ['component:default/ledger', { kind: 'component', namespace: 'default', name: 'ledger' }],
    ['Group:Fleet/Crew', { kind: 'group', namespace: 'fleet', name: 'crew' }],
    ['group:crew', { kind: 'group', namespace: 'default', name: 'crew' }],
    ['fleet/crew', { kind: 'component', namespace: 'fleet', name: 'crew' }],
    ['crew', { kind: 'component', namespace: 'default', name: 'crew' }],
  ])('reads %s', (ref, parts) => {
    expect(parseRef(ref)).toEqual(parts);
  });

  test('takes the defaults of the field', () => {
    expect(parseRef('crew', { kind: 'group', namespace: 'fleet' })).toEqual({
      kind: 'group',
      namespace: 'fleet',
      name: 'crew',
    });
  });
});

test('a label names the namespace only where it is not the default', () => {
  expect(refLabel('group:default/crew')).toBe('crew');
  expect(refLabel('group:fleet/crew')).toBe('fleet/crew');
});

test.each([
  ['group:default/te\u202Eam', 'te\\u{202e}am'],
  ['group:default/te\u200Bam', 'te\\u{200b}am'],
  ['group:fl\uFEFFeet/te\nam', 'fl\\u{feff}eet/te\\u{a}am'],
  ['group:default/t\u00E9am', 't\u00E9am'],
])('a label hides nothing that a reference holds: %j', (ref, label) => {
  expect(refLabel(ref)).toBe(label);
});

test('a reference in the spec has the entity’s own namespace by default', () => {
  const entity = {
    kind: 'Component',
    metadata: { name: 'x', namespace: 'fleet' },
    spec: { owner: 'crew', system: 'system:default/s' },
  };
  expect(specRef(entity, 'owner', 'group')).toBe('group:fleet/crew');
  expect(specRef(entity, 'system', 'system')).toBe('system:default/s');
  expect(specRef({ ...entity, spec: { owner: ['crew'] } }, 'owner', 'group')).toBeUndefined();
});

test('a title is the title, else the name of the profile, else the name', () => {
  expect(entityTitle({ metadata: { name: 'x', title: 'X' } })).toBe('X');
  expect(entityTitle({ metadata: { name: 'x' }, spec: { profile: { displayName: 'Ada' } } })).toBe('Ada');
  expect(entityTitle({ metadata: { name: 'x' }, spec: { profile: { displayName: 7 } } })).toBe('x');
  expect(entityTitle({})).toBe('unnamed');
});

test('an entity without a namespace has the default one', () => {
  expect(entityRefOf({ kind: 'API', metadata: { name: 'Ledger' } })).toBe('api:default/ledger');
});
