/** How long everything together may take to stop before the process ends regardless. */
const STOP_LIMIT_MS = 35_000;

/**
 * Aborted when this process shall stop: by SIGINT or SIGTERM, by word of `scripts/start.mjs`, or because
 * that script is gone, even killed. A second SIGINT ends the process at once.
 */
export function listenForStop(): AbortSignal {
  const aborter = new AbortController();
  const stop = () => {
    if (aborter.signal.aborted) return;
    console.log('\n  Stopping …');
    aborter.abort(new StopRequested());
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  };
  process.on('SIGINT', () => {
    if (aborter.signal.aborted) process.exit(1);
    stop();
  });
  process.on('SIGTERM', stop);
  process.on('message', (message) => {
    if (message === 'stop') stop();
  });
  process.on('disconnect', stop);
  // A terminal or pipe that went away must not end the process before its database is stopped.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return aborter.signal;
}

/** The reason of an abort that somebody asked for: no failure. */
export class StopRequested extends Error {
  constructor() {
    super('A stop was asked for.');
    this.name = 'AbortError';
  }
}
