import type { Logger } from 'pino';
import { startJobWorker, type JobWorker, type JobWorkerOptions } from '../../../platform/jobs/job-worker.ts';
import type { SubscribeToNews } from '../../../platform/news.ts';
import { RunCancelledError, type RunExecutor } from './run-executor.ts';
import { RunLostError, type RunHold } from './run-hold.repository.ts';
import type { RunProgressRepository } from './run-progress.repository.ts';
import type { RunUndoer } from './run-undoer.ts';

export interface RunWorkerOptions {
  database: JobWorkerOptions['database'];
  /** Announcements of runs for which there is something to do. */
  subscribe: SubscribeToNews;
  progress: RunProgressRepository;
  executor: RunExecutor;
  undoer: RunUndoer;
  /** Runs at the same time in this process. */
  concurrency: number;
  /** Runs of one person at the same time in all processes. */
  concurrencyPerPerson: number;
  log: Logger;
}

/** Others take a run for abandoned when its worker is silent for longer. */
const STALE_AFTER_MS = 10_000;
const BEAT_MS = 2_000;
const MAX_DUE = 500;
/**
 * Runs of one person that are queued beyond those that may run: enough that the next one is there when one has ended,
 * and few enough that nobody else has to wait for hundreds of them.
 */
const QUEUED_AHEAD = 2;

/** Executes runs, and undoes them, until it is stopped. */
export async function startRunWorker(options: RunWorkerOptions): Promise<JobWorker> {
  const { database, progress, executor, undoer, log } = options;
  /** What this process works on, to be told at once when somebody cancels. */
  const beats = new Map<string, () => Promise<void>>();

  async function work(key: string, signal: AbortSignal): Promise<void> {
    try {
      const run = await progress.take(key);
      if (run) return await withBeats(run, signal, (held) => executor.execute(run, held));
      const undo = await progress.takeUndo(key);
      if (undo) await withBeats(undo, signal, (held) => undoer.undo(undo, held));
    } catch (error) {
      // Another worker has it.
      if (!(error instanceof RunLostError)) throw error;
    }
  }

  /** Keeps the hold of a run while it is worked on, and breaks the work off when that is asked for. */
  async function withBeats(
    hold: RunHold,
    signal: AbortSignal,
    act: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const broken = new AbortController();
    const beat = async () => {
      try {
        const { isCancelRequested } = await progress.beat(hold);
        if (isCancelRequested) broken.abort(new RunCancelledError('The run was cancelled.'));
      } catch (error) {
        // A database that is away for a moment does not end a run; somebody else who has it does.
        if (error instanceof RunLostError) broken.abort(error);
        else log.warn({ err: error, taskId: hold.taskId }, 'scaffolder: a sign of life could not be written');
      }
    };
    const timer = setInterval(() => void beat(), BEAT_MS);
    beats.set(hold.taskId, beat);
    try {
      await act(AbortSignal.any([signal, broken.signal]));
    } finally {
      clearInterval(timer);
      beats.delete(hold.taskId);
    }
  }

  const perPerson = options.concurrencyPerPerson + QUEUED_AHEAD;
  return startJobWorker({
    database,
    queue: 'scaffolder-run',
    due: async () =>
      (await progress.waiting(STALE_AFTER_MS, { perPerson, inAll: MAX_DUE })).map(
        ({ taskId, createdBy }) => ({
          key: taskId,
          group: createdBy,
        }),
      ),
    work,
    concurrency: options.concurrency,
    groupConcurrency: options.concurrencyPerPerson,
    subscribe: ({ onNotification, onConnected }) =>
      options.subscribe({
        onNotification: (taskId) => {
          const beat = beats.get(taskId);
          if (beat) void beat();
          else onNotification();
        },
        onConnected,
      }),
    log,
  });
}
