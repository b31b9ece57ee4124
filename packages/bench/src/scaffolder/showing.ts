import { queryEntities } from '@waymark/contracts';
import { percentile } from '../support/percentile.ts';
import type { ServerClient } from '../support/server-client.ts';
import type { ValuesOf } from './measure-runs.ts';
import type { RunClient } from './run-client.ts';

/** How long after the end of its run the catalog shows a new service. */
export interface ShowingResult {
  runs: number;
  p50Ms: number;
  mostMs: number;
}

const RUNS = 10;

/** Publishes and registers services one after the other, and asks the catalog for each as soon as its run has ended. */
export async function measureShowing(
  client: ServerClient,
  runs: RunClient,
  valuesOf: ValuesOf,
): Promise<ShowingResult> {
  const times: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const values = valuesOf(index);
    await runs.followToEnd(await runs.start('published', values));
    const endedAt = performance.now();
    const query = { filter: [`kind=component,metadata.name=${values['name'] ?? ''}`] };
    await client.pollUntil(queryEntities, { query }, ({ items }) => items.length === 1);
    times.push(performance.now() - endedAt);
  }
  const sorted = times.toSorted((left, right) => left - right);
  return { runs: RUNS, p50Ms: percentile(sorted, 50), mostMs: sorted.at(-1) ?? Number.NaN };
}
