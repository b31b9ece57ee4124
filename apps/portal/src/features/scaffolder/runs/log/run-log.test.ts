import type { TaskEvent } from '@waymark/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRunLog, hasEnding, withEvents } from './run-log.ts';

const taskId = '3f06e8e6-e728-4b80-b275-4903d958a41f';
const createdAt = '2026-11-27T15:48:04.066Z';

function entry(id: number, message: string, body: Partial<TaskEvent['body']> = {}): TaskEvent {
  return { id, taskId, type: 'log', createdAt, body: { message, ...body } };
}

const textOf = (events: readonly TaskEvent[]) =>
  withEvents(emptyRunLog, events).lines.map(({ text }) => text);

test('a message of several lines becomes as many, numbered through the whole log', () => {
  const log = withEvents(emptyRunLog, [entry(1, 'one\ntwo\r\n'), entry(4, 'three')]);
  expect(log.lines.map(({ number, eventId, text }) => [number, eventId, text])).toEqual([
    [1, 1, 'one'],
    [2, 1, 'two'],
    [3, 4, 'three'],
  ]);
  expect(log.lastId).toBe(4);
});

test('an empty message is an empty line', () => {
  expect(textOf([entry(1, '')])).toEqual(['']);
});

test('what arrives again changes nothing, not even the object', () => {
  const log = withEvents(emptyRunLog, [entry(1, 'one'), entry(2, 'two')]);
  expect(withEvents(log, [entry(1, 'one'), entry(2, 'two')])).toBe(log);
  expect(withEvents(log, [])).toBe(log);
});

test('what comes late takes its place, and the lines below it move on', () => {
  const log = withEvents(withEvents(emptyRunLog, [entry(1, 'one'), entry(5, 'five')]), [entry(3, 'three')]);
  expect(log.lines.map(({ number, text }) => `${number} ${text}`)).toEqual(['1 one', '2 three', '3 five']);
  expect(log.lastId).toBe(5);
});

test('no entry is lost or doubled, however the stream breaks and repeats itself', () => {
  const whole = Array.from({ length: 30 }, (_, index) => entry(index * 3 + 1, `line ${index}`));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 20 }), (cuts) => {
      // Pieces of the stream in any order, some of them twice, and at the end everything once more.
      const pieces = cuts.map(([from, to]) => whole.slice(Math.min(from, to), Math.max(from, to) + 1));
      const log = [...pieces, whole].reduce(withEvents, emptyRunLog);
      expect(log.events.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      expect(log.lines.map(({ text }) => text)).toEqual(whole.map(({ body }) => body.message));
      expect(log.lines.map(({ number }) => number)).toEqual(whole.map((_, index) => index + 1));
    }),
  );
});

test('a colour that a step leaves on goes on in its next line, and not in those of others', () => {
  const { lines } = withEvents(emptyRunLog, [
    entry(1, '\u001B[31mred', { stepId: 'a' }),
    entry(2, 'plain', { stepId: 'b' }),
    entry(3, 'still red\u001B[0m', { stepId: 'a' }),
    entry(4, 'plain again', { stepId: 'a' }),
  ]);
  expect(lines.map(({ pieces }) => pieces?.[0]?.colour)).toEqual(['red', undefined, 'red', undefined]);
});

test('levels, states of steps and the end of the run are told apart', () => {
  const { lines } = withEvents(emptyRunLog, [
    entry(1, 'Beginning', { stepId: 'a', status: 'processing' }),
    entry(2, 'careful', { stepId: 'a', level: 'warn' }),
    { ...entry(3, 'over', { error: { name: 'Error', message: 'no' } }), type: 'completion' },
  ]);
  expect(lines.map(({ level, stepStatus, event }) => [level, stepStatus, event])).toEqual([
    ['info', 'processing', undefined],
    ['warn', undefined, undefined],
    ['error', undefined, 'completion'],
  ]);
});

test('a run that was retried has not ended', () => {
  const ended = withEvents(emptyRunLog, [{ ...entry(1, 'over'), type: 'completion' }]);
  expect(hasEnding(emptyRunLog)).toBe(false);
  expect(hasEnding(ended)).toBe(true);
  expect(hasEnding(withEvents(ended, [{ ...entry(2, 'goes on'), type: 'recovered' }]))).toBe(false);
});
