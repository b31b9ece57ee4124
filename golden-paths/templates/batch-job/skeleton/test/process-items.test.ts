import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { type Conditions, processItems, type Work } from '../src/process-items.ts';

const conditions = (given: Partial<Conditions> = {}): Conditions => ({
  log: pino({ enabled: false }),
  signal: new AbortController().signal,
  concurrency: 2,
  ...given,
});

const numbers = (handle: Work<number>['handle']): Work<number> => ({
  items: [1, 2, 3, 4, 5],
  handle,
  nameOf: String,
});

describe('processing items', () => {
  it('does every item once', async () => {
    const seen: number[] = [];
    const work = numbers(async (item) => void seen.push(item));
    assert.deepEqual(await processItems(work, conditions()), {
      done: 5,
      failed: 0,
      isAborted: false,
    });
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  });

  it('goes on after an item that fails', async () => {
    const work = numbers(async (item) => {
      if (item === 2) throw new Error('broken');
    });
    const { done, failed } = await processItems(work, conditions());
    assert.deepEqual({ done, failed }, { done: 4, failed: 1 });
  });

  it('has no more items in work than it may', async () => {
    let inWork = 0;
    let most = 0;
    const work = numbers(async () => {
      inWork += 1;
      most = Math.max(most, inWork);
      await setImmediate();
      inWork -= 1;
    });
    await processItems(work, conditions());
    assert.equal(most, 2);
  });

  it('ends what is in work, and begins nothing, once it is asked to stop', async () => {
    const stop = new AbortController();
    const work = numbers(async (item) => {
      if (item === 2) stop.abort();
      await setImmediate();
    });
    assert.deepEqual(await processItems(work, conditions({ signal: stop.signal })), {
      done: 2,
      failed: 0,
      isAborted: true,
    });
  });
});
