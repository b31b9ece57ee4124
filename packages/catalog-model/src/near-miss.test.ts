import { describe, expect, it } from 'vitest';
import { nearestWord } from './near-miss.ts';

const fields = ['owner', 'type', 'lifecycle', 'dependsOn', 'dependencyOf', 'system'];

describe('nearestWord', () => {
  it.each([
    ['onwer', 'owner'],
    ['ownr', 'owner'],
    ['Owner', 'owner'],
    ['dependson', 'dependsOn'],
    ['dependOn', 'dependsOn'],
    ['lifecyle', 'lifecycle'],
    ['sytsem', 'system'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestWord(word, fields)).toBe(meant);
  });

  it.each(['owner', 'profile', 'name', '', 'o', 'x'.repeat(100_000)])(
    'has no suggestion for %.20s',
    (word) => {
      expect(nearestWord(word, fields)).toBeUndefined();
    },
  );
});
