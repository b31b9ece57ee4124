import { describe, expect, it } from 'vitest';
import { ownershipMatters } from './ownership-matters.ts';

describe('matters of ownership', () => {
  it('tell what fails, the most urgent first, without the conflicts that sources tell', () => {
    const matters = ownershipMatters([
      { check: 'orphan', count: 1 },
      { check: 'unowned', count: 1200 },
      { check: 'owner-unknown', count: 0 },
      { check: 'conflict', count: 5 },
      { check: 'stale', count: 9 },
    ]);
    expect(matters.map(({ text }) => text)).toEqual([
      '1,200 entities without an owner.',
      'One entity that its source no longer gives.',
      '9 entities whose source was not read in time.',
    ]);
  });
});
