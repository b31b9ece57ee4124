/** So many calls of the file system have something to do at the same time. */
const AT_ONCE = 8;

/**
 * Does something with each item, a few at a time. After a failure nothing more is begun; it is thrown when what was begun
 * has ended, so that nothing writes into a folder that is cleared away meanwhile.
 */
export async function forEachOf<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  let hasFailed = false;
  const work = async () => {
    for (const item of rest) {
      if (hasFailed) return;
      await act(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason;
}
