import { expect, test } from 'vitest';
import { sinceStart } from './log-times.ts';

const start = '2026-11-27T15:48:04.000Z';

test.each([
  ['2026-11-27T15:48:04.000Z', '00:00.0'],
  ['2026-11-27T15:48:07.260Z', '00:03.2'],
  ['2026-11-27T15:58:07.000Z', '10:03.0'],
  ['2026-11-27T18:01:06.000Z', '2:13:02'],
  // The clocks of two servers differ.
  ['2026-11-27T15:48:03.000Z', '00:00.0'],
  ['never', '--:--.-'],
])('%s is %s after the start', (at, words) => {
  expect(sinceStart(at, start)).toBe(words);
});
