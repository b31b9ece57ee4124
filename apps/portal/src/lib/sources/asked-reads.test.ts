import type { Source } from '@waymark/contracts';
import { expect, test } from 'vitest';
import { isAwaitingReads, noteAskedRead, takeEndedReads } from './asked-reads.ts';

// Only what the functions look at.
const source = (id: string, state: Source['state'], lastReadAt?: string) =>
  ({ id, state, lastReadAt }) as Source;

test('an asked read ends once, when a later read is over', () => {
  noteAskedRead(source('1', 'ready', '12:00'), 0);
  expect(isAwaitingReads(1000)).toBe(true);
  expect(takeEndedReads([source('1', 'queued', '12:00')])).toEqual([]);
  expect(takeEndedReads([source('1', 'reading', '12:00')])).toEqual([]);
  expect(
    takeEndedReads([source('1', 'ready', '12:05'), source('2', 'ready', '12:05')]).map(({ id }) => id),
  ).toEqual(['1']);
  expect(takeEndedReads([source('1', 'ready', '12:05')])).toEqual([]);
  expect(isAwaitingReads(1000)).toBe(false);
});

test('a first read that fails ends it too', () => {
  noteAskedRead(source('3', 'waiting'), 0);
  expect(takeEndedReads([source('3', 'failed', '12:05')])).toHaveLength(1);
});

test('a read that never ends is given up', () => {
  noteAskedRead(source('4', 'ready', '12:00'), 0);
  expect(isAwaitingReads(24 * 3600 * 1000)).toBe(false);
});
