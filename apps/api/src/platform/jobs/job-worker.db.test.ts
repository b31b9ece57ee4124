import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../testing/scaffolder-server.ts';
import { startJobWorker, type DueJob, type JobWorker, type JobWorkerOptions } from './job-worker.ts';

const testDatabase = useTestDatabase();
const workers: JobWorker[] = [];
let database: Database;

beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'jobs-test', maxConnections: 5, onIdleError: () => {} },
  });
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await database.close();
});

/** Stands for the tables that say what is due: workers of several processes ask the same one. The queue is real. */
class Due {
  readonly #jobs = new Map<string, DueJob>();
  readonly #listeners = new Set<() => void>();
  list = async () => [...this.#jobs.values()];

  add(...jobs: DueJob[]): void {
    for (const job of jobs) this.#jobs.set(job.key, job);
    for (const listener of this.#listeners) listener();
  }

  /** What was queued may have been done meanwhile: whoever works looks at the table first. */
  has(key: string): boolean {
    return this.#jobs.has(key);
  }

  remove(key: string): void {
    this.#jobs.delete(key);
  }

  subscribe: JobWorkerOptions['subscribe'] = ({ onNotification }) => {
    this.#listeners.add(onNotification);
    return { close: async () => void this.#listeners.delete(onNotification) };
  };
}

let queues = 0;
const newQueue = () => `test-${(queues += 1)}`;

async function start(
  due: Due,
  options: Pick<JobWorkerOptions, 'queue' | 'work'> & Partial<JobWorkerOptions>,
): Promise<JobWorker> {
  const worker = await startJobWorker({
    ...{ database, log: pino({ level: 'silent' }), concurrency: 3 },
    ...{ due: due.list, subscribe: due.subscribe, ...options },
  });
  workers.push(worker);
  return worker;
}

/** Holds whoever comes until it is opened, and tells how many were inside at most. */
function createGate() {
  const opened = Promise.withResolvers<void>();
  const inside = new Map<string, number>();
  const most = new Map<string, number>();
  return {
    most: (group: string) => most.get(group) ?? 0,
    open: () => opened.resolve(),
    async pass(group: string): Promise<void> {
      inside.set(group, (inside.get(group) ?? 0) + 1);
      most.set(group, Math.max(most.get(group) ?? 0, inside.get(group) ?? 0));
      await opened.promise;
      inside.set(group, (inside.get(group) ?? 0) - 1);
    },
  };
}

it('does each thing once, in two processes, and no more at the same time than each may', async () => {
  const due = new Due();
  const queue = newQueue();
  const gate = createGate();
  const done: string[] = [];
  const workAs = (name: string) => async (key: string) => {
    if (!due.has(key)) return;
    await gate.pass(name);
    done.push(key);
    due.remove(key);
  };
  const keys = Array.from({ length: 30 }, (_, index) => `job-${index}`);
  due.add(...keys.map((key) => ({ key })));
  await start(due, { queue, work: workAs('first') });
  await start(due, { queue, work: workAs('second') });
  await eventually(async () => expect([gate.most('first'), gate.most('second')]).toEqual([3, 3]));
  gate.open();
  await eventually(async () => expect(done).toHaveLength(30));
  expect(done.toSorted()).toEqual(keys.toSorted());
  expect([gate.most('first'), gate.most('second')]).toEqual([3, 3]);
});

it('holds the limit of a group over all processes, and lets others pass', async () => {
  const due = new Due();
  const queue = newQueue();
  const gate = createGate();
  const begun: string[] = [];
  const work = async (key: string) => {
    if (!due.has(key)) return;
    begun.push(key);
    const group = key.slice(0, key.indexOf('-'));
    if (group === 'many') await gate.pass(group);
    due.remove(key);
  };
  due.add(...Array.from({ length: 6 }, (_, index) => ({ key: `many-${index}`, group: 'many' })));
  await start(due, { queue, work, groupConcurrency: 2 });
  await start(due, { queue, work, groupConcurrency: 2 });
  await eventually(async () => expect(gate.most('many')).toBe(2));
  due.add({ key: 'one-0', group: 'one' });
  await eventually(async () => expect(begun).toContain('one-0'));
  gate.open();
  await eventually(async () => expect(begun).toHaveLength(7));
  expect(gate.most('many')).toBe(2);
});

it('does again what failed, and what became due while it was done', async () => {
  const due = new Due();
  const begun: string[] = [];
  const work = async (key: string) => {
    if (!due.has(key)) return;
    begun.push(key);
    const time = begun.filter((other) => other === key).length;
    if (key === 'fails' && time === 1) throw new Error('The first try fails.');
    // Asked for once more before the end: one look at the table now would find it already taken.
    if (key === 'again' && time === 1) due.add({ key });
    else due.remove(key);
  };
  await start(due, { queue: newQueue(), work });
  due.add({ key: 'fails' }, { key: 'again' });
  await eventually(async () => expect(begun.toSorted()).toEqual(['again', 'again', 'fails', 'fails']));
  expect(await due.list()).toEqual([]);
});

it('tells work to stop with it, and another process goes on', async () => {
  const due = new Due();
  const queue = newQueue();
  const told: string[] = [];
  const stopped = await start(due, {
    queue,
    async work(_key, signal) {
      told.push('begun');
      await once(signal, 'abort');
      signal.throwIfAborted();
    },
  });
  due.add({ key: 'long' });
  await eventually(async () => expect(told).toEqual(['begun']));
  await stopped.stop();
  await start(due, {
    queue,
    async work(key) {
      if (!due.has(key)) return;
      told.push('ended by the other');
      due.remove(key);
    },
  });
  await eventually(async () => expect(told).toEqual(['begun', 'ended by the other']));
});

it('goes on when the tables could not be asked for a moment', async () => {
  const due = new Due();
  const done: string[] = [];
  let isAway = true;
  await start(due, {
    queue: newQueue(),
    due: async () => {
      if (isAway) throw new Error('The database is away.');
      return due.list();
    },
    async work(key) {
      if (!due.has(key)) return;
      done.push(key);
      due.remove(key);
    },
  });
  due.add({ key: 'waits' });
  isAway = false;
  await eventually(async () => expect(done).toEqual(['waits']));
});

it('leaves nobody of a group behind', async () => {
  const due = new Due();
  const keys = Array.from({ length: 120 }, (_, index) => `job-${String(index).padStart(3, '0')}`);
  due.add(...keys.map((key) => ({ key, group: 'one' })));
  const begun: string[] = [];
  await start(due, {
    queue: newQueue(),
    ...{ concurrency: 6, groupConcurrency: 3 },
    due: async () => (await due.list()).slice(0, 10),
    async work(key) {
      if (!due.has(key)) return;
      begun.push(key);
      await sleep(2);
      due.remove(key);
    },
  });
  await eventually(async () => expect(begun).toHaveLength(keys.length));
  // What is queued together may go in any order, and nothing may be overtaken by what is queued long after it.
  const placesBehind = keys.map((key, index) => begun.indexOf(key) - index);
  expect(Math.max(...placesBehind)).toBeLessThanOrEqual(10);
});
