import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration, parseDuration } from '../src/index.ts';

const examples: [text: string, ms: number][] = [
  ['0ms', 0],
  ['250ms', 250],
  ['30s', 30_000],
  ['1h30m', 5_400_000],
  ['2d4h1s5ms', 187_201_005],
];

describe('durations', () => {
  for (const [text, ms] of examples) {
    it(`are the same in both directions: ${text}`, () => {
      assert.equal(parseDuration(text), ms);
      assert.equal(formatDuration(ms), text);
    });
  }

  it('are refused when they are anything else', () => {
    for (const text of ['', '5', '1.5h', '-1s', '1m1h', '1h 30m']) {
      assert.throws(() => parseDuration(text), RangeError, text);
    }
    for (const ms of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => formatDuration(ms), RangeError, String(ms));
    }
  });
});
