import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import workerpool from 'workerpool';
import { BEGUN, TASK_METHOD } from './isolated-task.ts';

/** Why a task has no result. */
export type IsolationReason =
  /** No process had time for it. */
  | 'busy'
  /** It took longer than it may. */
  | 'late'
  /** It took more memory than it may, or its process ended for another reason. */
  | 'ended'
  /** What works on it threw; the cause says what. */
  | 'threw';

export class IsolationError extends Error {
  readonly reason: IsolationReason;

  constructor(reason: IsolationReason, cause: unknown) {
    super(`A task in a process of its own: ${reason}.`, { cause });
    this.reason = reason;
  }
}

/** Works on what strangers wrote, where it can be ended and can reach nothing. */
export interface IsolatedProcesses<Task, Result> {
  /** @throws IsolationError; the reason of the signal when that is aborted */
  run(task: Task, options: { deadlineMs: number; signal: AbortSignal }): Promise<Result>;
  close(): Promise<void>;
}

export interface IsolatedProcessesOptions {
  /** A module that calls `answerTasks`. */
  module: URL;
  /** Of the heap, without what lives for a moment. Beyond it the process ends, and no other. */
  memoryMb: number;
  /** That many are always there, so that nobody waits for their start. */
  minProcesses: number;
  maxProcesses: number;
  /** After so long without a task all but those end; without it they stay. */
  idleMs?: number;
  /** Tasks that wait for a process; more are refused as `busy`. */
  maxWaiting?: number;
}

/** Until a process takes a task: it may have to start, and others may come first. */
const START_DEADLINE_MS = 60_000;
/** A process that is to end is asked first, for as long. */
const STOP_PATIENCE_MS = 20;
const YOUNG_MEMORY_MB = 4;
/** What a process may read: code, and nothing of what the server keeps. */
const READABLE = ['apps', 'packages', 'node_modules', 'package.json'];
const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));

/**
 * Processes of Node.js for tasks, one task at a time each. The limit of memory of a worker thread ends the whole server
 * when it is passed in one step (https://github.com/nodejs/node/issues/47224); that of a process ends the process. They
 * know nothing of the environment, may read code and no other file, and may neither start anything nor write, except
 * for a cache of their compiled code.
 */
export function createIsolatedProcesses<Task, Result>(
  options: IsolatedProcessesOptions,
): IsolatedProcesses<Task, Result> {
  let pool = startPool(options);
  let running = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  /** One try, and whether a process had begun when it failed. */
  async function attempt(task: Task, deadlineMs: number, signal: AbortSignal): Promise<Attempt<Result>> {
    const asking = pool;
    let isBegun = false;
    let isLate = false;
    const giveUp = () => {
      isLate = true;
      asked.cancel();
    };
    let timer = setTimeout(giveUp, START_DEADLINE_MS);
    const asked = asking.exec(TASK_METHOD, [task], {
      on: (event: unknown) => {
        if (event !== BEGUN || isBegun) return;
        isBegun = true;
        clearTimeout(timer);
        timer = setTimeout(giveUp, deadlineMs);
      },
    });
    const cancel = () => void asked.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return { result: (await asked) as Result }; // the module answers in kind
    } catch (error) {
      wakeQueue(asking);
      signal.throwIfAborted();
      if (isLate) return { reason: isBegun ? 'late' : 'busy', error };
      const hasEnded = error instanceof workerpool.TerminateError;
      if (hasEnded && !isBegun && !isClosed) return { reason: 'unbegun', error };
      return { reason: hasEnded || isClosed ? 'ended' : 'threw', error };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Ends what nobody needs now; the next task finds fresh processes. */
  function restWhenIdle(): void {
    if (options.idleMs === undefined) return;
    idleTimer = setTimeout(() => {
      void pool.terminate(true);
      pool = startPool(options);
    }, options.idleMs).unref();
  }

  return {
    async run(task, { deadlineMs, signal }) {
      signal.throwIfAborted();
      if (pool.stats().pendingTasks >= (options.maxWaiting ?? Infinity)) {
        throw new IsolationError('busy', undefined);
      }
      clearTimeout(idleTimer);
      running += 1;
      try {
        let tried = await attempt(task, deadlineMs, signal);
        // A process that had ended while it had nothing to do, which is not the fault of this task.
        if ('reason' in tried && tried.reason === 'unbegun') tried = await attempt(task, deadlineMs, signal);
        if ('result' in tried) return tried.result;
        throw new IsolationError(tried.reason === 'unbegun' ? 'ended' : tried.reason, tried.error);
      } finally {
        running -= 1;
        if (running === 0 && !isClosed) restWhenIdle();
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(idleTimer);
      await pool.terminate(true);
    },
  };
}

type Attempt<Result> = { result: Result } | { reason: IsolationReason | 'unbegun'; error: unknown };

function startPool({ module, memoryMb, minProcesses, maxProcesses }: IsolatedProcessesOptions) {
  const cache = compileCache();
  return workerpool.pool(fileURLToPath(module), {
    workerType: 'process',
    ...{ minWorkers: minProcesses, maxWorkers: maxProcesses },
    workerTerminateTimeout: STOP_PATIENCE_MS,
    // What V8 writes when memory runs out would stand in the server's log.
    emitStdStreams: true,
    forkOpts: {
      serialization: 'advanced',
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
      execArgv: [
        `--max-old-space-size=${memoryMb}`,
        `--max-semi-space-size=${YOUNG_MEMORY_MB}`,
        '--permission',
        ...READABLE.map((name) => `--allow-fs-read=${path.join(ROOT, name)}`),
        ...(cache === undefined ? [] : [`--allow-fs-read=${cache}/*`, `--allow-fs-write=${cache}/*`]),
      ],
    },
  });
}

/**
 * Where compiled code is kept between starts, when the server keeps its own: a process starts in half the time. Nobody
 * else reads what these processes write there.
 */
function compileCache(): string | undefined {
  const ofServer = getCompileCacheDir();
  if (ofServer === undefined) return undefined;
  // The directory that the server was given has one for each version of Node.js.
  return `${path.dirname(ofServer)}-isolated`;
}

/** After a process has ended by itself, the pool looks at those that wait only when it is asked for something. */
function wakeQueue(pool: ReturnType<typeof startPool>): void {
  setImmediate(() => {
    if (pool.stats().pendingTasks > 0) pool.exec('methods').catch(() => {});
  });
}
