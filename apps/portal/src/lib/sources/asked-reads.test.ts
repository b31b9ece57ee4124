import type { Source } from '@waymark/contracts';
import { expect, test, vi } from 'vitest';
import {
  askedReads,
  forgetAskedRead,
  isAwaitingReads,
  noteAskedRead,
  takeEndedReads,
} from './asked-reads.ts';

// Only what the functions look at.
const source = (id: string, state: Source['state'], minutes?: string) =>
  ({ id, state, ...(minutes && { lastReadAt: `2026-06-15T${minutes}:00Z` }) }) as Source;

test('an asked read ends once, when a later read is over', () => {
  noteAskedRead(source('1', 'ready', '12:00'), 0);
  expect(isAwaitingReads(1000)).toBe(true);
  expect(takeEndedReads([source('1', 'queued', '12:00')], 1000)).toEqual([]);
  expect(takeEndedReads([source('1', 'reading', '12:00')], 1000)).toEqual([]);
  expect(
    takeEndedReads([source('1', 'ready', '12:05'), source('2', 'ready', '12:05')], 1000).map(({ id }) => id),
  ).toEqual(['1']);
  expect(takeEndedReads([source('1', 'ready', '12:05')], 1000)).toEqual([]);
  expect(isAwaitingReads(1000)).toBe(false);
});

test('a first read that fails ends it too', () => {
  noteAskedRead(source('3', 'waiting'), 0);
  expect(takeEndedReads([source('3', 'failed', '12:05')], 1000)).toHaveLength(1);
});

test('what was known of a source before the question does not end it', () => {
  noteAskedRead(source('5', 'ready', '12:00'), 0);
  expect(takeEndedReads([source('5', 'ready', '11:00'), source('5', 'waiting')], 1000)).toEqual([]);
  forgetAskedRead('5');
});

test('a read that never ends is given up', () => {
  const afterADay = 24 * 3600 * 1000;
  noteAskedRead(source('4', 'ready', '12:00'), 0);
  expect(isAwaitingReads(afterADay)).toBe(false);
  expect(takeEndedReads([source('4', 'ready', '12:05')], afterADay)).toEqual([]);
  expect(askedReads.ids()).toEqual([]);
});

test('whoever follows the asked reads hears of each that comes and goes', () => {
  const heard = vi.fn(() => askedReads.ids());
  const stop = askedReads.subscribe(heard);
  noteAskedRead(source('6', 'ready', '12:00'), 0);
  takeEndedReads([source('6', 'ready', '12:00')], 1000);
  takeEndedReads([source('6', 'ready', '12:05')], 1000);
  noteAskedRead(source('7', 'ready'), 0);
  forgetAskedRead('7');
  stop();
  noteAskedRead(source('8', 'ready'), 0);
  expect(heard.mock.results.map(({ value }) => value as unknown)).toEqual([['6'], [], ['7'], []]);
  forgetAskedRead('8');
});
