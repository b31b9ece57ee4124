import { AppError } from '../../../platform/errors/app-error.ts';

/** Longer than a clone or push of the largest repository takes, in milliseconds. */
export const GIT_REQUEST_DEADLINE_MS = 15 * 60_000;
/** When the server stops, running requests may go on this long. */
const STOP_PATIENCE_MS = 15_000;
/** Requests that run git at a time; each is a process or three. */
const MAX_RUNNING = 32;

/** Git requests that run now, so that there are never too many and each has an end. */
export interface GitRequests {
  /** Runs one. The signal ends it at its deadline, when the server stops, or by `abort`. */
  begin(): GitRequest;
  /** Lets no more begin; resolves when all have ended. */
  stop(): Promise<void>;
}

/** A request that runs. */
export interface GitRequest {
  signal: AbortSignal;
  abort(reason: Error): void;
  end(): void;
}

export function createGitRequests(): GitRequests {
  const running = new Set<{ controller: AbortController; ended: Promise<void> }>();
  let isStopping = false;
  return {
    begin() {
      if (isStopping || running.size >= MAX_RUNNING) {
        throw new AppError(
          'server.overloaded',
          'The server runs as many Git requests as it can. Try again soon.',
        );
      }
      const controller = new AbortController();
      const { promise, resolve } = Promise.withResolvers<void>();
      const entry = { controller, ended: promise };
      const timer = setTimeout(
        () => controller.abort(new AppError('request.timeout', 'The Git request took too long.')),
        GIT_REQUEST_DEADLINE_MS,
      );
      running.add(entry);
      return {
        signal: controller.signal,
        abort: (reason) => controller.abort(reason),
        end() {
          clearTimeout(timer);
          running.delete(entry);
          resolve();
        },
      };
    },
    async stop() {
      isStopping = true;
      const timer = setTimeout(() => {
        for (const { controller } of running) {
          controller.abort(new AppError('server.unavailable', 'The server stops. Try again soon.'));
        }
      }, STOP_PATIENCE_MS);
      await Promise.all([...running].map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}
