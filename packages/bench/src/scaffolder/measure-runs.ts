import { percentile } from '../support/percentile.ts';
import type { RunClient } from './run-client.ts';

/** How long runs took, from the call of the API until a follower of the log is told of the end. */
export interface RunsResult {
  name: string;
  runs: number;
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
}

/** Runs that wait for one another. */
export interface QueueResult {
  runs: number;
  seconds: number;
  /** From the start of a run until its end, in the order of the starts. */
  p50Ms: number;
  mostMs: number;
  /** By how many places the end of a run was later than its start, at most. */
  mostPlacesBehind: number;
}

const WARM_UP = 5;

/** Makes the answers of a run by its number. */
export type ValuesOf = (index: number) => Record<string, string>;

/** One run after the other. */
export async function measureInSequence(
  client: RunClient,
  template: string,
  runs: number,
  valuesOf: ValuesOf,
): Promise<RunsResult> {
  const one = async (index: number): Promise<number> => {
    const startedAt = performance.now();
    await client.followToEnd(await client.start(template, valuesOf(index)));
    return performance.now() - startedAt;
  };
  for (let index = 0; index < WARM_UP; index += 1) await one(-1 - index);
  const startedAt = performance.now();
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) times.push(await one(index));
  return summary(`${template}, in sequence`, times, performance.now() - startedAt);
}

/** All at the same moment; `again` in the name of what the server has done before. */
export async function measureAtOnce(
  client: RunClient,
  template: string,
  runs: number,
  valuesOf: ValuesOf,
  again: '' | ', again' = '',
): Promise<RunsResult> {
  const startedAt = performance.now();
  const times = await Promise.all(
    Array.from({ length: runs }, async (_, index) => {
      await client.followToEnd(await client.start(template, valuesOf(index)));
      return performance.now() - startedAt;
    }),
  );
  return summary(`${template}, ${runs} at once${again}`, times, performance.now() - startedAt);
}

/** Many runs of one person, started as fast as they are taken; then all are waited for. */
export async function measureQueue(
  client: RunClient,
  template: string,
  runs: number,
  valuesOf: ValuesOf,
): Promise<QueueResult> {
  const begin = performance.now();
  const ends: number[] = [];
  const waiting: Promise<number>[] = [];
  for (let index = 0; index < runs; index += 1) {
    const startedAt = performance.now();
    const id = await client.start(template, valuesOf(index));
    waiting.push(
      client.followToEnd(id).then(() => {
        ends.push(index);
        return performance.now() - startedAt;
      }),
    );
  }
  const times = (await Promise.all(waiting)).toSorted((left, right) => left - right);
  return {
    runs,
    seconds: (performance.now() - begin) / 1000,
    p50Ms: percentile(times, 50),
    mostMs: times.at(-1) ?? Number.NaN,
    mostPlacesBehind: Math.max(...ends.map((index, place) => place - index)),
  };
}

function summary(name: string, times: readonly number[], totalMs: number): RunsResult {
  const sorted = times.toSorted((left, right) => left - right);
  return {
    ...{ name, runs: times.length },
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
    perSecond: (times.length / totalMs) * 1000,
  };
}
