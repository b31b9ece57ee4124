import type { TaskEvent } from '@waymark/contracts';
import { createNews, type News, type SubscribeToNews } from '../../platform/news.ts';
import { MAX_EVENTS_AT_ONCE } from './runs/run-record.ts';

/** Tells those who follow a run that there is something new. */
export interface RunFollower {
  /**
   * Entries of a run as they come, from the first after `after` on, until the signal is aborted.
   *
   * @param options.news since whoever asks has looked himself: there is nothing to read before
   */
  follow(
    read: (after: number) => Promise<TaskEvent[]>,
    options: { taskId: string; after: number; signal: AbortSignal; news: Promise<void> },
  ): AsyncGenerator<TaskEvent>;
  /** Resolves when something about the run is announced, or after a while, or when this is closed. */
  news: News['of'];
  close(): Promise<void>;
}

/** Should an announcement be lost; whoever waits is told by the tables then. */
const LOOK_AGAIN_MS = 15_000;

/** Listens once for all followers of this process. */
export function createRunFollower(subscribe: SubscribeToNews): RunFollower {
  const news = createNews(subscribe, LOOK_AGAIN_MS);
  return {
    async *follow(read, { taskId, after, signal, news: firstNews }) {
      let last = after;
      await firstNews;
      while (!signal.aborted && !news.closing.aborted) {
        // Waiting begins before reading: what comes in between is not missed.
        const waited = new AbortController();
        const next = news.of(taskId, AbortSignal.any([signal, waited.signal]));
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
    news: (taskId, signal) => news.of(taskId, signal),
    close: () => news.close(),
  };
}
