import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

/** How often is looked for what is due; an announcement by NOTIFY does not wait for it. */
const TICK_MS = 1_000;
/** A worker that is silent for this long is taken for dead, and another does its job. */
const HEARTBEAT_SECONDS = 10;
const MONITOR_SECONDS = 2;
/** The shortest that the queue allows. */
const POLL_SECONDS = 0.5;
const STOP_TIMEOUT_MS = 10_000;
/**
 * A worker may die under a job this often before the queue gives it up until it is due again. Enough for a machine
 * that keeps restarting, and an end for a job that kills whoever does it.
 */
const MAX_RETRIES = 30;

/** Something to do: for one key at most one job exists at a time, however many workers there are. */
export interface DueJob {
  key: string;
  /** Jobs of one group share its limit. */
  group?: string;
}

export interface JobWorkerOptions {
  databaseUrl: string;
  queue: string;
  /** What is to be done now. */
  due: () => Promise<readonly DueJob[]>;
  work: (key: string, signal: AbortSignal) => Promise<void>;
  /** Whether to ask what is due whenever a job has ended: for a `due` that names only the first of many. */
  isRefilledAfterWork?: boolean;
  /** Jobs at the same time in this process. */
  concurrency: number;
  /** Jobs of one group at the same time in all processes together. */
  groupConcurrency?: number;
  subscribe: (handlers: { onNotification: () => void; onConnected: () => void }) => {
    close(): Promise<void>;
  };
  log: Logger;
}

/** Does jobs until it is stopped. */
export interface JobWorker {
  stop(): Promise<void>;
}

/**
 * Starts a queue and its workers. It lives in PostgreSQL, so any number of processes share it; what is due is for the
 * tables of whoever starts it to say, so nothing is lost with the queue.
 */
export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const { log, queue, concurrency } = options;
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    application_name: 'waymark-jobs',
    max: 4,
    useListenNotify: true,
    monitorIntervalSeconds: MONITOR_SECONDS,
    superviseIntervalSeconds: MONITOR_SECONDS,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error, queue }, 'jobs: the queue reports an error'));
  await boss.start();
  await boss.createQueue(queue, {
    policy: 'exclusive',
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: MAX_RETRIES,
    retryDelay: 1,
    deleteAfterSeconds: 3_600,
  });

  const stopping = new AbortController();
  const ticker = startTicking(options, boss, stopping.signal);
  const onWorked = options.isRefilledAfterWork === true ? () => ticker.tick() : () => {};
  for (let index = 0; index < concurrency; index += 1) {
    await startOne(options, boss, { stopping: stopping.signal, onWorked });
  }

  return {
    async stop() {
      stopping.abort(new Error('The worker is stopping.'));
      await ticker.stop();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/** One that does a job at a time. Each is a worker of its own for the queue, since only so one alone can be woken. */
async function startOne(
  { queue, work, groupConcurrency }: JobWorkerOptions,
  boss: PgBoss,
  { stopping, onWorked }: { stopping: AbortSignal; onWorked: () => void },
): Promise<void> {
  const worker: { id?: string } = {};
  worker.id = await boss.work<{ key: string }>(
    queue,
    {
      batchSize: 1,
      ...(groupConcurrency === undefined ? {} : { groupConcurrency }),
      // A notification wakes each waiting worker once; a burst of jobs needs the poll as well.
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    },
    async (jobs) => {
      for (const job of jobs) {
        await work(job.data.key, AbortSignal.any([stopping, job.signal]));
        onWorked();
      }
      // Where one job was, there may be another: look before you rest.
      if (worker.id !== undefined) boss.notifyWorker(worker.id);
    },
  );
}

/** Queues what is due, each second and whenever somebody announces something. */
function startTicking(
  { queue, due, log, subscribe }: JobWorkerOptions,
  boss: PgBoss,
  stopping: AbortSignal,
): { tick(): void; stop(): Promise<void> } {
  let ticking: Promise<void> | undefined;
  let isAskedAgain = false;
  const enqueueDue = async () => {
    try {
      do {
        isAskedAgain = false;
        for (const { key, group } of await due()) {
          await boss.send(
            queue,
            { key },
            { singletonKey: key, ...(group === undefined ? {} : { group: { id: group } }) },
          );
        }
      } while (isAskedAgain && !stopping.aborted);
    } catch (error) {
      if (!stopping.aborted) log.warn({ err: error, queue }, 'jobs: what is due could not be queued');
    }
  };
  const tick = () => {
    // Whoever comes while the tables are read may have come too late for this reading.
    isAskedAgain = true;
    ticking ??= enqueueDue().finally(() => {
      ticking = undefined;
    });
  };
  const timer = setInterval(tick, TICK_MS);
  const subscription = subscribe({ onNotification: tick, onConnected: tick });
  return {
    tick,
    async stop() {
      clearInterval(timer);
      await subscription.close();
      await ticking;
    },
  };
}
