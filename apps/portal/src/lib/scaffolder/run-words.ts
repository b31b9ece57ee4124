import type { RunSummary, TaskStatus } from '@waymark/contracts';
import { durationText, type StatusTone } from '@waymark/ui';

const statusWords: Record<TaskStatus, { tone: StatusTone; word: string }> = {
  open: { tone: 'waiting', word: 'Waiting' },
  processing: { tone: 'busy', word: 'Running' },
  completed: { tone: 'good', word: 'Completed' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'unknown', word: 'Cancelled' },
  skipped: { tone: 'unknown', word: 'Skipped' },
};

/** The state of a run as tone and word. */
export function runStatusWords(status: TaskStatus): { tone: StatusTone; word: string } {
  return statusWords[status];
}

/** Is the run still to come to an end. */
export function isUnderWay({ status }: Pick<RunSummary, 'status'>): boolean {
  return status === 'open' || status === 'processing';
}

/** Does something still happen with the run: to its end, or back from it. */
export function isMoving(run: Pick<RunSummary, 'status' | 'undo'>): boolean {
  return isUnderWay(run) || run.undo?.state === 'running';
}

/** How long something has taken so far, or took; undefined before it began. */
export function tookMs(
  { startedAt, endedAt }: { startedAt?: string | undefined; endedAt?: string | undefined },
  now: number,
): number | undefined {
  if (startedAt === undefined) return undefined;
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  // The clocks of server and browser may differ.
  return Math.max(0, end - Date.parse(startedAt));
}

/** A duration that is still growing, in whole seconds so that it counts up calmly: "7 s", "4 min 5 s". */
export function growingText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 10 ? `${seconds} s` : durationText(seconds * 1000);
}
