import type { TaskEvent } from '@waymark/contracts';
import { MAX_EVENTS_AT_ONCE } from './runs/run-record.ts';

/** Tells those who follow a run that there is something new. */
export interface RunFollower {
  /** Entries of a run as they come, from the first after `after` on, until the signal is aborted. */
  follow(
    read: (after: number) => Promise<TaskEvent[]>,
    options: { taskId: string; after: number; signal: AbortSignal },
  ): AsyncGenerator<TaskEvent>;
  /** Resolves when something about the run is announced, or after a while, or when this is closed. */
  news(taskId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Announcements of task ids, on a connection that comes back by itself. */
export type SubscribeToRuns = (handlers: {
  onNotification: (taskId: string) => void;
  onConnected: () => void;
}) => { close(): Promise<void> };

/** A notification may be lost with its connection: everybody looks again by himself. */
const LOOK_AGAIN_MS = 15_000;

/** Listens once for all followers of this process. */
export function createRunFollower(subscribe: SubscribeToRuns): RunFollower {
  const closing = new AbortController();
  const waiting = new Map<string, Set<() => void>>();
  const wake = (taskId: string) => {
    for (const resolve of waiting.get(taskId) ?? []) resolve();
  };
  const listener = subscribe({
    onNotification: wake,
    onConnected: () => [...waiting.keys()].forEach(wake),
  });

  function news(taskId: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = waiting.get(taskId) ?? new Set();
    waiting.set(taskId, all.add(resolve));
    // Should the announcement be lost; whoever waits is told by the tables then.
    const timer = setTimeout(resolve, LOOK_AGAIN_MS);
    const ended = AbortSignal.any([signal, closing.signal]);
    if (ended.aborted) resolve();
    ended.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      all.delete(resolve);
      if (all.size === 0 && waiting.get(taskId) === all) waiting.delete(taskId);
    });
  }

  return {
    async *follow(read, { taskId, after, signal }) {
      let last = after;
      while (!signal.aborted && !closing.signal.aborted) {
        // Waiting begins before reading: what comes in between is not missed.
        const waited = new AbortController();
        const next = news(taskId, AbortSignal.any([signal, waited.signal]));
        const events = await read(last);
        for (const event of events) {
          last = event.id;
          yield event;
        }
        // As many as one answer holds: there are more.
        if (events.length >= MAX_EVENTS_AT_ONCE) waited.abort();
        await next;
      }
    },
    news,
    async close() {
      closing.abort();
      await listener.close();
    },
  };
}
