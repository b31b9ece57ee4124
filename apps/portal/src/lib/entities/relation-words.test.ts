import { expect, test } from 'vitest';
import { relationsByType, relationWord, targetsOf } from './relation-words.ts';

test('a relation of one’s own is put into words', () => {
  expect(relationWord('dependsOn')).toBe('Depends on');
  expect(relationWord('deployedToCluster')).toBe('Deployed to cluster');
});

test('relations are grouped, each target once, known ones first', () => {
  const relations = [
    { type: 'zebraOf', targetRef: 'component:default/z' },
    { type: 'dependsOn', targetRef: 'component:default/b' },
    { type: 'dependsOn', targetRef: 'component:default/a' },
    { type: 'dependsOn', targetRef: 'component:default/b' },
    { type: 'ownedBy', targetRef: 'group:default/g' },
  ];
  expect(relationsByType(relations)).toEqual([
    ['ownedBy', ['group:default/g']],
    ['dependsOn', ['component:default/a', 'component:default/b']],
    ['zebraOf', ['component:default/z']],
  ]);
  expect(targetsOf({ relations }, 'dependsOn', 'zebraOf')).toEqual([
    'component:default/a',
    'component:default/b',
    'component:default/z',
  ]);
  expect(targetsOf({}, 'dependsOn')).toEqual([]);
});
