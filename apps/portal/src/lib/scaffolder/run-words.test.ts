import { expect, test } from 'vitest';
import { growingText, isMoving, tookMs } from './run-words.ts';

const startedAt = '2026-11-27T15:48:04.000Z';
const start = Date.parse(startedAt);

test('a duration grows until the end, and never below nothing', () => {
  expect(tookMs({ startedAt }, start + 1500)).toBe(1500);
  expect(tookMs({ startedAt, endedAt: '2026-11-27T15:48:06.500Z' }, start + 9999)).toBe(2500);
  expect(tookMs({ startedAt }, start - 4000)).toBe(0);
  expect(tookMs({}, start)).toBeUndefined();
});

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [7_900, '7 s'],
  [12_900, '12 s'],
  [65_000, '1 min 5 s'],
])('%i ms read as %s while they grow', (milliseconds, words) => {
  expect(growingText(milliseconds)).toBe(words);
});

test('a run moves to its end, and again while it is taken back', () => {
  expect(isMoving({ status: 'open' })).toBe(true);
  expect(isMoving({ status: 'failed' })).toBe(false);
  expect(isMoving({ status: 'failed', undo: { state: 'running' } })).toBe(true);
  expect(isMoving({ status: 'failed', undo: { state: 'done' } })).toBe(false);
});
