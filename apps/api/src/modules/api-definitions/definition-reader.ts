import { createHash } from 'node:crypto';
import type { DefinitionChange, DefinitionFormat } from '@waymark/contracts';
import { LRUCache } from 'lru-cache';
import { createIsolatedProcesses } from '../../platform/isolation/isolated-processes.ts';
import type { DefinitionAnswers, DefinitionTask } from './definition-task.ts';

const DEADLINE_MS = 30_000;
const MEMORY_MB = 256;
/** Long enough that somebody who reads several definitions waits for the libraries of a format once. */
const IDLE_MS = 60_000;
/** Requests that wait for a process; more are told at once that it took too long. */
const MAX_WAITING = 50;
const MAX_CACHED_CHARACTERS = 32 * 1024 * 1024;
/** What was too costly may have met a busy machine: it is tried again after this. */
const FAILURE_LIFETIME_MS = 10 * 60_000;

/** Reads and compares definitions in processes that can be ended, and remembers the results. */
export interface DefinitionReader {
  read(format: DefinitionFormat, text: string): Promise<DefinitionAnswers['read']>;
  compare(format: DefinitionFormat, before: string, after: string): Promise<DefinitionChange[]>;
  close(): Promise<void>;
}

/** Starts no process before the first definition; idle ones end by themselves. */
export function createDefinitionReader({
  maxProcesses = 2,
  deadlineMs = DEADLINE_MS,
}: {
  maxProcesses?: number;
  deadlineMs?: number;
} = {}): DefinitionReader {
  const processes = createIsolatedProcesses<DefinitionTask, DefinitionAnswers[DefinitionTask['kind']]>({
    module: new URL('./definition.process.ts', import.meta.url),
    ...{ memoryMb: MEMORY_MB, minProcesses: 0, maxProcesses, idleMs: IDLE_MS, maxWaiting: MAX_WAITING },
  });
  const remembered = new LRUCache<string, string>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (json) => json.length + 1,
  });
  const running = new Map<string, Promise<string>>();

  const run = async (key: string, task: DefinitionTask): Promise<string> => {
    try {
      const answer = await processes.run(task, { deadlineMs, signal: new AbortController().signal });
      const json = JSON.stringify(answer);
      remembered.set(key, json);
      return json;
    } catch {
      const json = JSON.stringify(tooCostly(task, deadlineMs));
      remembered.set(key, json, { ttl: FAILURE_LIFETIME_MS });
      return json;
    }
  };
  /** Those who ask for the same at the same time wait for one process. */
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
      // The text is what was answered to a task of this kind.
      return JSON.parse(await answer({ kind: 'read', format, text })) as DefinitionAnswers['read'];
    },
    async compare(format, before, after) {
      // As above.
      const { changes } = JSON.parse(
        await answer({ kind: 'compare', format, before, after }),
      ) as DefinitionAnswers['compare'];
      return changes;
    },
    close: () => processes.close(),
  };
}

function keyOf(task: DefinitionTask): string {
  const texts = task.kind === 'read' ? [task.text] : [task.before, task.after];
  return createHash('sha256')
    .update(JSON.stringify([task.kind, task.format, ...texts]))
    .digest('base64url');
}

function tooCostly(task: DefinitionTask, deadlineMs: number): DefinitionAnswers[DefinitionTask['kind']] {
  const message = `It took more than ${deadlineMs / 1000} seconds or ${MEMORY_MB} MB and was given up.`;
  return task.kind === 'read'
    ? { problems: [{ message: `The definition is too costly to read. ${message}` }] }
    : {
        changes: [
          { level: 'unclear', path: '', message: `The versions are too costly to compare. ${message}` },
        ],
      };
}
