import assert from 'node:assert/strict';
import { it } from 'node:test';
import { greetingAt } from '../src/greeting.ts';

it('greets by the time of the day', () => {
  const at = (hour: number) => greetingAt(new Date(2026, 0, 1, hour));
  assert.deepEqual([4, 5, 12, 18].map(at), [
    'Good night.',
    'Good morning.',
    'Good afternoon.',
    'Good evening.',
  ]);
});
