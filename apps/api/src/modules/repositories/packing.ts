/** Packs repositories up in the background, one at a time. */
export interface Packing {
  request(directory: string): void;
  /** Ends what runs; resolves when it has ended. */
  stop(): Promise<void>;
}

type PackUp = (asking: { directory: string; signal: AbortSignal }, timeoutMs: number) => Promise<void>;

const TIMEOUT_MS = 10 * 60_000;

/** A failure is left to the next push: nothing is lost, the repository is only larger than it could be. */
export function createPacking(packUp: PackUp): Packing {
  const waiting = new Set<string>();
  const controller = new AbortController();
  const { signal } = controller;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    for (const directory of waiting) {
      if (signal.aborted) return;
      waiting.delete(directory);
      await packUp({ directory, signal }, TIMEOUT_MS).catch(() => {});
    }
  }

  return {
    request(directory) {
      if (signal.aborted) return;
      waiting.add(directory);
      running ??= work().finally(() => {
        running = undefined;
      });
    },
    async stop() {
      controller.abort();
      await running;
    },
  };
}
