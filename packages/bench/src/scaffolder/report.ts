import type { Machine } from '../support/machine.ts';
import { formatTable } from '../support/text-table.ts';
import type { LogLineResult } from './log-line.ts';
import type { QueueResult, RunsResult } from './measure-runs.ts';
import type { RenderingResult } from './rendering.ts';
import type { ShowingResult } from './showing.ts';

/** Everything that was measured. */
export interface ScaffolderResult {
  machine: Machine;
  postgresVersion: string;
  rendering: RenderingResult;
  runs: readonly RunsResult[];
  showing: ShowingResult;
  queue: QueueResult;
  logLine: LogLineResult;
}

/** The lines for a terminal. */
export function formatScaffolder(result: ScaffolderResult): string {
  const { machine, postgresVersion, rendering, runs, showing, queue, logLine } = result;
  const { cores, processor, system, nodeVersion, loadBefore, date } = machine;
  return [
    `Waymark scaffolder, ${date}\n${cores} cores (${processor}), ${system}, Node ${nodeVersion}, PostgreSQL ${postgresVersion}, load before ${loadBefore}`,
    formatTable(
      [
        { title: 'runs, from the call until the log tells of the end', isText: true },
        { title: 'runs' },
        ...[{ title: 'p50 ms' }, { title: 'p99 ms' }, { title: 'runs/s' }],
      ],
      runs.map(({ name, runs: count, p50Ms, p99Ms, perSecond }) => [
        ...[name, String(count), p50Ms.toFixed(1), p99Ms.toFixed(1), perSecond.toFixed(1)],
      ]),
    ),
    formatTable(
      [{ title: 'other', isText: true }, { title: '' }],
      [
        [
          `rendering of ${rendering.files} files of ${(rendering.bytes / rendering.files / 1000).toFixed(1)} KB, CPU, first`,
          `${rendering.coldSeconds.toFixed(3)} s`,
        ],
        ['  the same, warm, median', `${rendering.warmSeconds.toFixed(3)} s`],
        [
          `published (${showing.runs}), from the end of the run until the catalog shows it, p50`,
          `${showing.p50Ms.toFixed(0)} ms`,
        ],
        ['  the same, most', `${showing.mostMs.toFixed(0)} ms`],
        [`${queue.runs} queued runs, until all have completed`, `${queue.seconds.toFixed(1)} s`],
        ['  start to end of one run, p50', `${queue.p50Ms.toFixed(0)} ms`],
        ['  start to end of one run, most', `${queue.mostMs.toFixed(0)} ms`],
        ['  places that a run was overtaken by, most', String(queue.mostPlacesBehind)],
        [`line of a log until it is in the page (${logLine.lines}), p50`, `${logLine.p50Ms.toFixed(0)} ms`],
        ['  the same, most', `${logLine.mostMs.toFixed(0)} ms`],
      ],
    ),
  ].join('\n\n');
}
