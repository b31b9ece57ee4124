import { createHash } from 'node:crypto';
import type { DefinitionChange, DefinitionFormat } from '@waymark/contracts';
import { LRUCache } from 'lru-cache';
import { Piscina } from 'piscina';
import type { DefinitionAnswers, DefinitionTask } from './definition-task.ts';

const DEADLINE_MS = 30_000;
const WORKER_MEMORY_MB = 256;
/** Long enough that somebody who reads several definitions waits for the libraries of a format once. */
const IDLE_TIMEOUT_MS = 60_000;
/** Requests that wait for a thread; more are told at once that it took too long. */
const MAX_WAITING = 50;
const MAX_CACHED_CHARACTERS = 32 * 1024 * 1024;
/** What was too costly may have met a busy machine: it is tried again after this. */
const FAILURE_LIFETIME_MS = 10 * 60_000;

/** Reads and compares definitions off the event loop, in threads that can be killed, and remembers the results. */
export interface DefinitionReader {
  read(format: DefinitionFormat, text: string): Promise<DefinitionAnswers['read']>;
  compare(format: DefinitionFormat, before: string, after: string): Promise<DefinitionChange[]>;
  close(): Promise<void>;
}

/** Starts no thread before the first definition; idle threads end by themselves. */
export function createDefinitionReader({
  maxThreads = 2,
  deadlineMs = DEADLINE_MS,
}: {
  maxThreads?: number;
  deadlineMs?: number;
} = {}): DefinitionReader {
  const pool = new Piscina<DefinitionTask, DefinitionAnswers[DefinitionTask['kind']]>({
    filename: new URL('./definition.worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads,
    maxQueue: MAX_WAITING,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MB },
  });
  const remembered = new LRUCache<string, string>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (json) => json.length + 1,
  });
  const running = new Map<string, Promise<string>>();

  const run = async (key: string, task: DefinitionTask): Promise<string> => {
    try {
      const answer = await pool.run(task, { signal: AbortSignal.timeout(deadlineMs) });
      const json = JSON.stringify(answer);
      remembered.set(key, json);
      return json;
    } catch {
      const json = JSON.stringify(tooCostly(task, deadlineMs));
      remembered.set(key, json, { ttl: FAILURE_LIFETIME_MS });
      return json;
    }
  };
  /** Those who ask for the same at the same time wait for one thread. */
  const answer = async (task: DefinitionTask): Promise<string> => {
    const key = keyOf(task);
    const known = remembered.get(key) ?? running.get(key);
    if (known !== undefined) return known;
    const promise = run(key, task).finally(() => running.delete(key));
    running.set(key, promise);
    return promise;
  };

  return {
    async read(format, text) {
      // The text is what the worker answered to a task of this kind.
      return JSON.parse(await answer({ kind: 'read', format, text })) as DefinitionAnswers['read'];
    },
    async compare(format, before, after) {
      // As above.
      const { changes } = JSON.parse(
        await answer({ kind: 'compare', format, before, after }),
      ) as DefinitionAnswers['compare'];
      return changes;
    },
    close: () => pool.destroy(),
  };
}

function keyOf(task: DefinitionTask): string {
  const texts = task.kind === 'read' ? [task.text] : [task.before, task.after];
  return createHash('sha256')
    .update(JSON.stringify([task.kind, task.format, ...texts]))
    .digest('base64url');
}

function tooCostly(task: DefinitionTask, deadlineMs: number): DefinitionAnswers[DefinitionTask['kind']] {
  const message = `It took more than ${deadlineMs / 1000} seconds or ${WORKER_MEMORY_MB} MB and was given up.`;
  return task.kind === 'read'
    ? { problems: [{ message: `The definition is too costly to read. ${message}` }] }
    : {
        changes: [
          { level: 'unclear', path: '', message: `The versions are too costly to compare. ${message}` },
        ],
      };
}
