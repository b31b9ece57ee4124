/**
 * `npm run bench -- catalog`: how fast catalogs of some sizes are read in and how fast they answer. Starts the
 * real server on an empty database, prints a table for each size and writes everything to `results/`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBenchOptions, usage, UsageError, type BenchOptions } from './catalog/bench-options.ts';
import { describeMachine } from './support/machine.ts';
import { measureSize } from './catalog/measure-size.ts';
import { formatMachine, formatSize, type SizeResult } from './catalog/report.ts';
import { listenForStop, StopRequested } from './support/stop-signal.ts';

/** Read by `npm run bench`, which lists the benchmarks. */
export const benchmark = 'ingestion and queries of catalogs of 1,000, 10,000 and 100,000 entities';

const RESULTS = join(import.meta.dirname, '../results');

const signal = listenForStop();
try {
  await runBench(parseBenchOptions(process.argv.slice(2)));
} catch (error) {
  process.exitCode = report(error);
}
// The channel to the starting script would keep the process.
if (process.connected) process.disconnect();

async function runBench(options: BenchOptions): Promise<void> {
  const machine = describeMachine(new Date());
  console.log(`\n${formatMachine(machine, { isProfiled: options.profileDirectory !== undefined })}`);
  const sizes: SizeResult[] = [];
  for (const entities of options.entities) {
    const name = `${entities.toLocaleString('en')} entities`;
    const announce = (text: string) => process.stderr.write(`  ${name}: ${text} …\n`);
    const result = await measureSize({ ...options, entities, signal, announce });
    sizes.push(result);
    console.log(`\n${formatSize(result)}`);
  }
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `catalog-${machine.date.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify({ bench: 'catalog', machine, options, sizes }, undefined, 2)}\n`);
  console.log(`\n${file}\n`);
}

function report(error: unknown): number {
  if (error instanceof StopRequested || signal.aborted) {
    console.error('\n  Stopped; nothing is left behind.\n');
    return 130;
  }
  if (error instanceof UsageError) {
    console.error(`\n  ${error.message}\n\n${usage}\n`);
    return 2;
  }
  console.error(error);
  return 1;
}
