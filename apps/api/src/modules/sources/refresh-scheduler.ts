import type { Logger } from 'pino';
import { startJobWorker, type JobWorker, type JobWorkerOptions } from '../../platform/jobs/job-worker.ts';
import type { ReadingsRepository } from './readings.repository.ts';

/** Sources queued in one go. */
const MAX_DUE = 200;

export interface RefreshSchedulerOptions {
  database: JobWorkerOptions['database'];
  sources: Pick<ReadingsRepository, 'due'>;
  read: (sourceId: string, signal: AbortSignal) => Promise<void>;
  /** Removes what has waited long enough for other sources to be read. */
  finishLeaves: () => Promise<unknown>;
  /** Reads that run at the same time in this process. */
  concurrency: number;
  subscribe: JobWorkerOptions['subscribe'];
  now: () => Date;
  log: Logger;
}

/** Puts due sources into the queue and reads what is queued, until it is stopped: one read of a source at a time. */
export function startRefreshScheduler({
  sources,
  read,
  finishLeaves,
  now,
  ...options
}: RefreshSchedulerOptions): Promise<JobWorker> {
  return startJobWorker({
    ...options,
    queue: 'source-read',
    work: read,
    async due() {
      const ids = await sources.due(now(), MAX_DUE);
      await finishLeaves();
      return ids.map((key) => ({ key }));
    },
  });
}
