/** Announcements with a key in each, on a connection that comes back by itself. */
export type SubscribeToNews = (handlers: {
  onNotification: (key: string) => void;
  onConnected: () => void;
}) => { close(): Promise<void> };

/** For those who wait for something to happen to a key, of which the tables tell. */
export interface News {
  /** Resolves when something about the key is announced, or after a while, or when the signal is aborted or this is closed. */
  of(key: string, signal: AbortSignal): Promise<void>;
  /** Aborted when this is closed. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
}

/**
 * Listens once for all who wait.
 *
 * @param lookAgainMs a notification may be lost with its connection: after so long everybody looks again by himself
 */
export function createNews(subscribe: SubscribeToNews, lookAgainMs: number): News {
  const closing = new AbortController();
  const waiting = new Map<string, Set<() => void>>();
  const wake = (key: string) => {
    for (const resolve of waiting.get(key) ?? []) resolve();
  };
  const listener = subscribe({
    onNotification: wake,
    onConnected: () => [...waiting.keys()].forEach(wake),
  });
  return {
    of(key, signal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const all = waiting.get(key) ?? new Set();
      waiting.set(key, all.add(resolve));
      // Nothing waits for this as long as announcements come.
      const timer = setTimeout(resolve, lookAgainMs);
      const ended = AbortSignal.any([signal, closing.signal]);
      if (ended.aborted) resolve();
      ended.addEventListener('abort', () => resolve(), { once: true });
      return promise.finally(() => {
        clearTimeout(timer);
        all.delete(resolve);
        if (all.size === 0 && waiting.get(key) === all) waiting.delete(key);
      });
    },
    closing: closing.signal,
    async close() {
      closing.abort();
      await listener.close();
    },
  };
}
