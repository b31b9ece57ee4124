import type { TaskEvent } from '@waymark/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followRun, type StreamState } from './run-stream.ts';

const taskId = '3f06e8e6-e728-4b80-b275-4903d958a41f';

/** A stream whose server is the test. */
class FakeSource extends EventTarget {
  readyState = 0;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  fail(isGivenUp: boolean) {
    this.readyState = isGivenUp ? 2 : 0;
    this.dispatchEvent(new Event('error'));
  }

  tell(id: number, type: TaskEvent['type'] = 'log') {
    const event = {
      id,
      taskId,
      type,
      createdAt: '2026-11-27T15:48:04.066Z',
      body: { message: `line ${id}` },
    };
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(event) }));
  }

  close() {
    this.readyState = 2;
  }
}

function follow(after = 0) {
  const sources: FakeSource[] = [];
  const told: number[][] = [];
  const states: StreamState[] = [];
  const stop = followRun({
    taskId,
    after,
    onEvents: (events) => told.push(events.map(({ id }) => id)),
    onState: (state) => states.push(state),
    createSource: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
  });
  return { sources, told, states, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('entries that come together are told together', () => {
  const { sources, told, states } = follow();
  expect(sources[0]?.url).toBe(`/api/scaffolder/v2/tasks/${taskId}/eventstream`);
  sources[0]?.open();
  sources[0]?.tell(1);
  sources[0]?.tell(2, 'completion');
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([[1, 2]]);
  expect(states).toEqual(['connecting', 'live']);
});

test('what is known already is not asked for again', () => {
  expect(follow(7).sources[0]?.url).toMatch(/\/eventstream\?after=7$/);
});

test('the browser comes back by itself; where it gives up, the stream is opened anew from the last entry', () => {
  const { sources, states } = follow();
  sources[0]?.open();
  sources[0]?.tell(3);
  sources[0]?.fail(false);
  vi.advanceTimersByTime(60_000);
  expect(sources).toHaveLength(1);
  sources[0]?.fail(true);
  vi.advanceTimersByTime(1_000);
  expect(sources[1]?.url).toMatch(/after=3$/);
  sources[1]?.fail(true);
  vi.advanceTimersByTime(1_999);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(1);
  sources[2]?.open();
  expect(states.filter((state) => state !== 'lost')).toEqual(['connecting', 'live', 'live']);
});

test('what is no entry is left out, and nothing is told after the end but what had arrived', () => {
  const { sources, told, stop } = follow();
  sources[0]?.dispatchEvent(new MessageEvent('log', { data: 'not JSON' }));
  sources[0]?.dispatchEvent(new MessageEvent('log', { data: '{"id":"x"}' }));
  sources[0]?.tell(1);
  stop();
  sources[0]?.tell(2);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([[1]]);
  expect(sources).toHaveLength(1);
});
