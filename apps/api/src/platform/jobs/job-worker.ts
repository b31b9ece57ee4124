import type { Database } from '@waymark/db';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { createJobClaims, type Work } from './job-claims.ts';

/** How often is looked for what is due; an announcement by NOTIFY does not wait for it. */
const TICK_MS = 1_000;
/** A process that is silent for this long is taken for dead, and another does its jobs. */
const HEARTBEAT_SECONDS = 10;
const MONITOR_SECONDS = 2;
/**
 * A worker may die under a job this often before the queue gives it up until it is due again. Enough for a machine
 * that keeps restarting, and an end for a job that kills whoever does it.
 */
const MAX_RETRIES = 30;
/** The longest that the queue allows: whether somebody still works on a job is told by the heartbeat. */
const EXPIRY_SECONDS = 86_400;

/** Something to do: for one key at most one job exists at a time, however many workers there are. */
export interface DueJob {
  key: string;
  /** Jobs of one group share its limit. */
  group?: string;
}

export interface JobWorkerOptions {
  /** Its connections serve the queue too. */
  database: Pick<Database, 'pool'>;
  queue: string;
  /** What is to be done now; asked whenever something is announced or has ended, so it may name the first of many. */
  due: () => Promise<readonly DueJob[]>;
  /** Looks first whether there still is something to do: it may be done between the question and the queue. */
  work: Work;
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
 * Starts a queue and what works on it. It lives in PostgreSQL, so any number of processes share it; what is due is for
 * the tables of whoever starts it to say, so nothing is lost with the queue.
 */
export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const { log, queue } = options;
  const boss = await openQueue(options);
  const stopping = new AbortController();
  const claims = createJobClaims({
    ...{ boss, queue, log, work: options.work, stopping: stopping.signal },
    silentAfterMs: HEARTBEAT_SECONDS * 1_000,
    onEnded: () => lookAtOnce(),
  });
  /** Keys that are in the queue already, as far as this process knows; looked at anew with each tick. */
  const queued = new Set<string>();

  async function queueDue(): Promise<void> {
    const jobs = (await options.due()).filter(({ key }) => !queued.has(key));
    if (jobs.length === 0) return;
    await boss.insert(
      queue,
      jobs.map(({ key, group }) => ({
        ...{ data: { key }, singletonKey: key },
        ...(group !== undefined && { group: { id: group } }),
      })),
    );
    for (const { key } of jobs) queued.add(key);
  }

  /**
   * Where groups have limits one at a time: of several of which only some may go, the queue takes any, and what was left
   * behind could be so again and again.
   */
  async function claimQueued(): Promise<void> {
    const { concurrency, groupConcurrency } = options;
    const isOneByOne = groupConcurrency !== undefined;
    let isMore = true;
    while (isMore && claims.size < concurrency && !stopping.signal.aborted) {
      const jobs = await boss.fetch<{ key: string }>(queue, {
        ...{ batchSize: isOneByOne ? 1 : concurrency - claims.size, includeMetadata: true },
        ...(isOneByOne && { groupConcurrency }),
      });
      for (const job of jobs) {
        queued.delete(job.data.key);
        claims.begin(job);
      }
      isMore = isOneByOne && jobs.length > 0;
    }
  }

  const look = oneAtATime(async () => {
    try {
      await queueDue();
      await claimQueued();
    } catch (error) {
      if (!stopping.signal.aborted)
        log.warn({ err: error, queue }, 'jobs: what is due could not be taken up, it is tried again');
    }
  }, stopping.signal);
  const lookAtOnce = () => void look();

  const timer = setInterval(() => {
    queued.clear();
    lookAtOnce();
  }, TICK_MS);
  const subscription = options.subscribe({ onNotification: lookAtOnce, onConnected: lookAtOnce });
  lookAtOnce();
  return {
    async stop() {
      stopping.abort(new Error('The worker is stopping.'));
      clearInterval(timer);
      await subscription.close();
      await look();
      await claims.end();
      await boss.stop({ graceful: false });
    },
  };
}

async function openQueue({ database: { pool }, queue, log }: JobWorkerOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    monitorIntervalSeconds: MONITOR_SECONDS,
    superviseIntervalSeconds: MONITOR_SECONDS,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error, queue }, 'jobs: the queue reports an error'));
  await boss.start();
  const settings = {
    // Whoever is told of something due looks for it himself; nobody listens for the queue's own announcements.
    notify: false,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: EXPIRY_SECONDS,
    retryLimit: MAX_RETRIES,
    retryDelay: 1,
    deleteAfterSeconds: 3_600,
  };
  await boss.createQueue(queue, { policy: 'exclusive', ...settings });
  // One that is there already keeps what it was made with.
  await boss.updateQueue(queue, settings);
  return boss;
}

/**
 * Runs something again while it is asked for during a run: whoever comes while tables are read may have come too late
 * for this reading. Resolves when nothing runs any more.
 */
function oneAtATime(run: () => Promise<void>, stopping: AbortSignal): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const runWhileAsked = async () => {
    while (isAskedAgain && !stopping.aborted) {
      isAskedAgain = false;
      await run();
    }
  };
  return () => {
    isAskedAgain = true;
    running ??= runWhileAsked().finally(() => {
      running = undefined;
    });
    return running;
  };
}
