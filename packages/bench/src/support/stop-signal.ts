/**
 * Aborted when this process shall stop: Ctrl+C, SIGTERM, word of `scripts/bench.mjs`, or that script is gone.
 * Whoever works listens to it, so that everything that was started is taken away on the way out.
 */
export function listenForStop(): AbortSignal {
  const aborter = new AbortController();
  const stop = () => aborter.abort(new StopRequested());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  process.on('message', (message) => {
    if (message === 'stop') stop();
  });
  // A pipe that went away must not end the process before it has cleaned up.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return aborter.signal;
}

/** The reason of an abort that somebody asked for: no failure. */
export class StopRequested extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('A stop was asked for.');
  }
}
