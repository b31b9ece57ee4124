import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

/** Does the job of a key. What it throws leaves the job for another try. */
export type Work = (key: string, signal: AbortSignal) => Promise<void>;

interface JobClaimsOptions {
  boss: Pick<PgBoss, 'touch' | 'complete' | 'fail'>;
  queue: string;
  work: Work;
  /** Others take a job whose worker is silent for longer. */
  silentAfterMs: number;
  stopping: AbortSignal;
  /** A job has ended, well or not. */
  onEnded: () => void;
  log: Logger;
}

/** The jobs that this process works on. */
export interface JobClaims {
  readonly size: number;
  begin(job: JobWithMetadata<{ key: string }>): void;
  /** Waits, not for ever, until all have ended. */
  end(): Promise<void>;
}

/** Signs of life for each time that would let a job be taken for abandoned: two of three may be lost. */
const BEATS = 3;
/** Jobs that are told to stop get this long for it. */
const END_TIMEOUT_MS = 10_000;

/** Works on jobs, gives signs of life for them, and tells the queue of their ends. */
export function createJobClaims(options: JobClaimsOptions): JobClaims {
  const { boss, queue, work, stopping, onEnded, log } = options;
  const claims = new Map<JobWithMetadata<{ key: string }>, Promise<void>>();

  /** A queue that cannot be told takes the job for abandoned in a while, which does no harm: it is not due then. */
  const tellQueue = async (telling: Promise<unknown>) => {
    try {
      await telling;
    } catch (error) {
      log.warn({ err: error, queue }, 'jobs: the queue could not be told of a job');
    }
  };

  async function toEnd(job: JobWithMetadata<{ key: string }>): Promise<void> {
    try {
      await work(job.data.key, stopping);
      await tellQueue(boss.complete(queue, job));
    } catch (error) {
      if (!stopping.aborted)
        log.error({ err: error, queue, key: job.data.key }, 'jobs: a job was broken off, it is tried again');
      await tellQueue(boss.fail(queue, job));
    }
  }

  const beat = setInterval(() => {
    if (claims.size > 0) void tellQueue(boss.touch(queue, [...claims.keys()]));
  }, options.silentAfterMs / BEATS);

  return {
    get size() {
      return claims.size;
    },
    begin(job) {
      claims.set(
        job,
        toEnd(job).finally(() => {
          claims.delete(job);
          onEnded();
        }),
      );
    },
    async end() {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(() => patience.resolve(), END_TIMEOUT_MS);
      await Promise.race([Promise.all(claims.values()), patience.promise]);
      clearTimeout(timer);
      clearInterval(beat);
    },
  };
}
