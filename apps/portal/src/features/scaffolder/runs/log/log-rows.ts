import type { LogLine } from './run-log.ts';

/** What the log draws: a line, or the name of the step that the lines below it are of. */
export type LogRow = { kind: 'line'; line: LogLine } | { kind: 'section'; stepId: string; line: LogLine };

/** Lines under the names of their steps, of one step alone where one is chosen. */
export function rowsOf(lines: readonly LogLine[], stepId: string | undefined): LogRow[] {
  const rows: LogRow[] = [];
  let section: string | undefined;
  for (const line of lines) {
    if (stepId !== undefined && line.stepId !== stepId) continue;
    if (line.stepId !== section) {
      section = line.stepId;
      if (section !== undefined) rows.push({ kind: 'section', stepId: section, line });
    }
    rows.push({ kind: 'line', line });
  }
  return rows;
}

/** Where the row of a line is, or -1. */
export function rowIndexOfLine(rows: readonly LogRow[], number: number): number {
  return rows.findIndex((row) => row.kind === 'line' && row.line.number === number);
}

/** The number in an address such as `#L12`. */
export function lineOfHash(hash: string): number | undefined {
  const digits = /^#L(\d{1,9})$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Longest line in letters; the log is so wide that nothing jumps while it is scrolled. */
export function longestLine(rows: readonly LogRow[]): number {
  return rows.reduce((longest, row) => Math.max(longest, row.kind === 'line' ? row.line.text.length : 0), 0);
}
