import { expect, test } from 'vitest';
import { asOfChoices, localFieldText } from './as-of-choices.ts';

function aMonthBefore(text: string): Date {
  const choice = asOfChoices(new Date(text)).find(({ label }) => label === 'A month ago');
  return new Date(choice?.instant ?? '');
}

test('a month ago is the same day of the month before', () => {
  expect(aMonthBefore('2026-11-27T10:00:00').getMonth()).toBe(9);
  expect(aMonthBefore('2026-11-27T10:00:00').getDate()).toBe(27);
});

test('a month ago is never a day of this month, however short the last one was', () => {
  const before = aMonthBefore('2026-03-31T10:00:00');
  expect([before.getMonth(), before.getDate()]).toEqual([1, 28]);
  expect(aMonthBefore('2026-01-15T10:00:00').getFullYear()).toBe(2025);
});

test('a field shows the reader’s own time, and reading it back gives the same minute', () => {
  const instant = new Date('2026-10-27T12:34:56Z');
  const text = localFieldText(instant);
  expect(new Date(text).getTime()).toBe(Date.parse('2026-10-27T12:34:00Z'));
});
