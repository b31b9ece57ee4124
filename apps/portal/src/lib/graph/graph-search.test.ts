import { expect, test } from 'vitest';
import { toggledChoice } from './graph-search.ts';

const options = ['dependsOn', 'partOf', 'ownedBy'];

test('one tick less leaves the others, and the last missing tick means all, known or not', () => {
  expect(toggledChoice(options, undefined, 'partOf')).toEqual(['dependsOn', 'ownedBy']);
  expect(toggledChoice(options, ['dependsOn', 'ownedBy'], 'partOf')).toBeUndefined();
  expect(toggledChoice(options, ['dependsOn'], 'partOf')).toEqual(['dependsOn', 'partOf']);
});

test('the last tick stays', () => {
  expect(toggledChoice(options, ['partOf'], 'partOf')).toEqual(['partOf']);
});
