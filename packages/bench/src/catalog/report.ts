import type { IngestionResult } from './ingestion.ts';
import type { LoadResult } from './load-order.ts';
import type { Machine } from '../support/machine.ts';
import type { PortalResult } from './portal.ts';
import { formatTable, type TextColumn } from '../support/text-table.ts';
import type { WorkloadName } from './workloads.ts';

/** How many connections the load comes from. */
export const connectionCounts = [1, 20] as const;

/** One kind of question under load. */
export interface WorkloadResult {
  name: WorkloadName;
  /** Different requests. */
  distinct: number;
  /** Each request for the first time, one after the other. */
  cold: LoadResult;
  /** For some seconds from so many connections. */
  warm: readonly { connections: number; load: LoadResult }[];
}

/** Everything that was measured with one catalog. */
export interface SizeResult {
  entities: number;
  files: number;
  bytes: number;
  postgresVersion: string;
  ingestion: IngestionResult;
  workloads: readonly WorkloadResult[];
  /** From the end of a push until queries see it, with a webhook. */
  pushSeconds: number | undefined;
  portal: PortalResult | undefined;
  /** Of the server's process, in bytes: the most during ingestion and in all, and at rest at the end. */
  memory: { peakOfIngestion: number | undefined; peak: number | undefined; atRest: number | undefined };
}

/** The lines before the tables. */
export function formatMachine(machine: Machine, { isProfiled }: { isProfiled: boolean }): string {
  const { cores, processor, memoryBytes, system, nodeVersion, loadBefore, date } = machine;
  return [
    `Waymark catalog, ${date}`,
    `${cores} cores (${processor}), ${megabytes(memoryBytes)}, ${system}, Node ${nodeVersion}, load before ${loadBefore}`,
    ...(isProfiled ? ['The server is profiled, which makes it slower.'] : []),
  ].join('\n');
}

/** The table of one catalog. */
export function formatSize(result: SizeResult): string {
  const { entities, files, bytes, postgresVersion, memory } = result;
  const title = `${count(entities)} entities in ${count(files)} files, ${megabytes(bytes)}, PostgreSQL ${postgresVersion}`;
  return [
    `${title}\n${'─'.repeat(title.length)}`,
    formatIngestion(result),
    formatTable(workloadColumns, result.workloads.map(workloadRow)),
    ...(result.portal === undefined ? [] : [formatPortal(result.portal)]),
    `server memory   ${megabytes(memory.peakOfIngestion)} at most during ingestion, ${megabytes(memory.peak)} in all, ${megabytes(memory.atRest)} at rest, with the processes that it starts`,
  ].join('\n\n');
}

function formatIngestion({ ingestion, pushSeconds }: SizeResult): string {
  const { emptySeconds, committedSeconds, entitiesPerSecond, unchangedSeconds, changedFileSeconds } =
    ingestion;
  return formatTable(
    [{ title: 'ingestion', isText: true }, { title: 'seconds' }, { title: 'entities/s' }],
    [
      ['into an empty database, until queries see all', seconds(emptySeconds), count(entitiesPerSecond)],
      ['  of which until committed', seconds(committedSeconds), ''],
      ['again, nothing changed', seconds(unchangedSeconds), ''],
      ['again, one file changed, until queries see it', seconds(changedFileSeconds), ''],
      ...(pushSeconds === undefined
        ? []
        : [['a commit, from its push with a webhook until queries see it', seconds(pushSeconds), '']]),
    ],
  );
}

function formatPortal({ scriptBytes, firstRowsMs, keystroke, graph }: PortalResult): string {
  const rows = [
    ['script of the catalog, compressed', `${count(scriptBytes / 1000)} KB`, ''],
    ['catalog from nothing, until rows are there', ms(firstRowsMs), ''],
    [
      `key in the filter until rows are painted (${keystroke.count})`,
      ms(keystroke.p50Ms),
      ms(keystroke.maxMs),
    ],
  ];
  if (graph !== undefined) {
    rows.push(
      [`graph of ${graph.nodes} nodes from nothing, until it is drawn`, ms(graph.drawnMs), ''],
      ['  frame while it is drawn', '', ms(graph.longestFrameMs)],
      ['  frame while it is moved and zoomed', '', ms(graph.longestMovedFrameMs)],
    );
  }
  return formatTable([{ title: 'portal', isText: true }, { title: 'median' }, { title: 'most' }], rows);
}

function ms(value: number): string {
  return `${milliseconds(value)} ms`;
}

const loadColumns = (group: string): TextColumn[] => [
  { title: 'p50 ms', group },
  { title: 'p99 ms', group },
  { title: 'req/s', group },
];

const workloadColumns: readonly TextColumn[] = [
  { title: 'queries', isText: true },
  { title: 'distinct' },
  { title: 'p50 ms', group: 'cold: each once' },
  { title: 'p99 ms', group: 'cold: each once' },
  ...connectionCounts.flatMap((connections) =>
    loadColumns(connections === 1 ? '1 connection' : `${connections} connections`),
  ),
  { title: 'failed', group: '' },
];

function workloadRow({ name, distinct, cold, warm }: WorkloadResult): string[] {
  const all = [cold, ...warm.map(({ load }) => load)];
  const failed = all.reduce((sum, { non2xx, connectionErrors }) => sum + non2xx + connectionErrors, 0);
  return [
    name,
    count(distinct),
    milliseconds(cold.p50Ms),
    milliseconds(cold.p99Ms),
    ...warm.flatMap(({ load }) => [
      milliseconds(load.p50Ms),
      milliseconds(load.p99Ms),
      count(load.requestsPerSecond),
    ]),
    count(failed),
  ];
}

const NOTHING = '–';

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function seconds(value: number): string {
  return value.toFixed(2);
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? NOTHING : value.toFixed(value < 10 ? 2 : 1);
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined
    ? 'unknown'
    : `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
