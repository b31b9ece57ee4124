import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { SourcesRepository } from './sources.repository.ts';

const QUEUE = 'source-read';
/** How often sources are looked at for being due; a request by NOTIFY does not wait for it. */
const TICK_MS = 1_000;
/** Sources queued in one tick. */
const MAX_DUE = 200;
/** A worker that is silent for this long is taken for dead, and its source is read by another. */
const HEARTBEAT_SECONDS = 10;
const MONITOR_SECONDS = 2;
/** The shortest that the queue allows. */
const POLL_SECONDS = 0.5;
const STOP_TIMEOUT_MS = 10_000;
/**
 * A worker may die under a read this often before the queue gives it up until the source's next time. Enough for
 * a machine that keeps restarting, and an end for a source that kills whoever reads it.
 */
const MAX_RETRIES = 30;

export interface RefreshSchedulerOptions {
  databaseUrl: string;
  sources: Pick<SourcesRepository, 'due'>;
  read: (sourceId: string, signal: AbortSignal) => Promise<void>;
  /** Removes what has waited long enough for other sources to be read. */
  finishLeaves: () => Promise<unknown>;
  /** Reads that run at the same time in this process. */
  concurrency: number;
  subscribe: (handlers: { onNotification: () => void; onConnected: () => void }) => {
    close(): Promise<void>;
  };
  now: () => Date;
  log: Logger;
}

/** Puts due sources into the queue and reads what is queued, until it is stopped. */
export interface RefreshScheduler {
  stop(): Promise<void>;
}

interface SourceReadJob {
  sourceId: string;
}

/**
 * Starts the queue. It lives in PostgreSQL, so any number of workers share it; for one source at
 * most one job exists at a time.
 */
export async function startRefreshScheduler(options: RefreshSchedulerOptions): Promise<RefreshScheduler> {
  const { log } = options;
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    application_name: 'waymark-jobs',
    max: 4,
    useListenNotify: true,
    monitorIntervalSeconds: MONITOR_SECONDS,
    superviseIntervalSeconds: MONITOR_SECONDS,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: the queue reports an error'));
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: 'exclusive',
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: MAX_RETRIES,
    retryDelay: 1,
    deleteAfterSeconds: 3_600,
  });

  const stopping = new AbortController();
  await boss.work<SourceReadJob>(
    QUEUE,
    {
      localConcurrency: options.concurrency,
      batchSize: 1,
      // A notification wakes each waiting reader once; a burst of due sources needs the poll as well.
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    },
    async (jobs) => {
      for (const job of jobs) {
        await options.read(job.data.sourceId, AbortSignal.any([stopping.signal, job.signal]));
      }
    },
  );

  const ticker = startTicking(options, boss, stopping.signal);

  return {
    async stop() {
      stopping.abort(new Error('The worker is stopping.'));
      await ticker.stop();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/** Queues what is due, each second and whenever somebody asks for a read. */
function startTicking(
  { sources, finishLeaves, now, log, subscribe }: RefreshSchedulerOptions,
  boss: PgBoss,
  stopping: AbortSignal,
): { stop(): Promise<void> } {
  let ticking: Promise<void> | undefined;
  const enqueueDue = async () => {
    try {
      for (const sourceId of await sources.due(now(), MAX_DUE)) {
        await boss.send(QUEUE, { sourceId }, { singletonKey: sourceId });
      }
      await finishLeaves();
    } catch (error) {
      if (!stopping.aborted)
        log.warn({ err: error }, 'jobs: due sources could not be queued, or what left could not be removed');
    }
  };
  const tick = () => {
    ticking ??= enqueueDue().finally(() => {
      ticking = undefined;
    });
  };
  const timer = setInterval(tick, TICK_MS);
  const subscription = subscribe({ onNotification: tick, onConnected: tick });
  return {
    async stop() {
      clearInterval(timer);
      await subscription.close();
      await ticking;
    },
  };
}
