import type { LogLine } from './run-log.ts';

/** The log as it was printed, for the clipboard. */
export function plainLog(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => text).join('\n');
}

/** The log as a file: with the instant, the step and the level of each line, so that it can be searched by them. */
export function logFile(lines: readonly LogLine[]): string {
  return lines
    .map(({ at, stepId, level, text }) =>
      [at, `[${stepId ?? 'run'}]`, ...(level === 'info' ? [] : [level.toUpperCase()]), text].join(' '),
    )
    .join('\n')
    .concat('\n');
}
