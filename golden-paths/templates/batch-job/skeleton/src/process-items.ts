import type { Logger } from 'pino';

export interface Work<Item> {
  items: AsyncIterable<Item> | Iterable<Item>;
  /** Does one item. It may be called again for the same item by a later run, and has to bear that. */
  handle: (item: Item, signal: AbortSignal) => Promise<void>;
  /** What the log calls an item. */
  nameOf: (item: Item) => string;
}

export interface Conditions {
  log: Logger;
  signal: AbortSignal;
  concurrency: number;
}

export interface Outcome {
  done: number;
  failed: number;
  /** Whether the run ended before its items did. */
  isAborted: boolean;
}

/**
 * Does all items, a few at a time. One that fails is logged and counted, and the others go on. After `signal` no
 * item is begun.
 */
export async function processItems<Item>(
  { items, handle, nameOf }: Work<Item>,
  { log, signal, concurrency }: Conditions,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, failed: 0, isAborted: false };
  const inWork = new Set<Promise<void>>();

  const begin = async (item: Item) => {
    try {
      await handle(item, signal);
      outcome.done += 1;
    } catch (error) {
      outcome.failed += 1;
      log.error({ err: error, item: nameOf(item) }, 'an item failed');
    }
  };

  for await (const item of items) {
    if (signal.aborted) break;
    const one: Promise<void> = begin(item).finally(() => inWork.delete(one));
    inWork.add(one);
    if (inWork.size >= concurrency) await Promise.race(inWork);
  }
  await Promise.all(inWork);
  return { ...outcome, isAborted: signal.aborted };
}
