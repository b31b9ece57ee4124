import { describe, expect, test } from 'vitest';
import { countText, durationText, relativeTime } from './relative-time.ts';

const now = new Date('2026-06-15T12:00:00Z');
const before = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now);

describe('relativeTime', () => {
  test.each([
    [0, 'just now'],
    [44, 'just now'],
    [-20, 'in a moment'],
    [50, '1 minute ago'],
    [60 * 3, '3 minutes ago'],
    [60 * 58, '1 hour ago'],
    [3600 * 5, '5 hours ago'],
    [86_400, 'yesterday'],
    [86_400 * 3, '3 days ago'],
    [86_400 * 400, 'last year'],
    [-60 * 10, 'in 10 minutes'],
  ])('%i seconds ago reads as "%s"', (seconds, words) => {
    expect(before(seconds)).toBe(words);
  });
});

describe('durationText', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [12_400, '12 s'],
    [120_000, '2 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
  ])('%i ms reads as "%s"', (milliseconds, words) => {
    expect(durationText(milliseconds)).toBe(words);
  });
});

test('a count agrees with its noun and groups its thousands', () => {
  expect(countText(1, 'entity', 'entities')).toBe('1 entity');
  expect(countText(0, 'source')).toBe('0 sources');
  expect(countText(12_345, 'entity', 'entities')).toBe('12,345 entities');
});
