import type { TaskEvent, TaskStatus } from '@waymark/contracts';
import { paintLine, type LogPiece } from './ansi-pieces.ts';

/** A line of the log. Its number is its place in the whole log, so an address can name it. */
export interface LogLine {
  number: number;
  eventId: number;
  /** ISO instant. */
  at: string;
  stepId: string | undefined;
  level: 'info' | 'warn' | 'error';
  /** That a step begins or has ended: no message of its own. */
  stepStatus: TaskStatus | undefined;
  /** Of an entry about the run as a whole. */
  event: Exclude<TaskEvent['type'], 'log'> | undefined;
  text: string;
  /** The text with its colours, where it has any. */
  pieces: LogPiece[] | undefined;
}

/** The log as far as it is known: every entry once, in the order of the server. */
export interface RunLog {
  readonly events: readonly TaskEvent[];
  readonly lines: readonly LogLine[];
  /** Where the server goes on. */
  readonly lastId: number;
  /** Colours that each step has left on. */
  readonly carried: Readonly<Record<string, string>>;
}

export const emptyRunLog: RunLog = { events: [], lines: [], lastId: 0, carried: {} };

/** The log with entries added. What is there already counts once; what comes late takes its place. */
export function withEvents(log: RunLog, incoming: readonly TaskEvent[]): RunLog {
  const known = new Set<number>();
  const fresh = incoming
    .filter(({ id }) => !known.has(id) && known.add(id) && (id > log.lastId || !hasEvent(log.events, id)))
    .sort((a, b) => a.id - b.id);
  const [first] = fresh;
  if (first === undefined) return log;
  if (first.id > log.lastId) return appended(log, fresh);
  return appended(
    emptyRunLog,
    [...log.events, ...fresh].sort((a, b) => a.id - b.id),
  );
}

function appended(log: RunLog, events: readonly TaskEvent[]): RunLog {
  const carried = { ...log.carried };
  const lines = [...log.lines];
  for (const event of events) addLines(lines, event, carried);
  return {
    events: [...log.events, ...events],
    lines,
    lastId: events.at(-1)?.id ?? log.lastId,
    carried,
  };
}

function addLines(
  lines: LogLine[],
  { id, type, createdAt, body }: TaskEvent,
  carried: Record<string, string>,
) {
  const pen = body.stepId ?? '';
  const isWord = type !== 'log' || body.status !== undefined;
  for (const raw of body.message.replace(/\r?\n$/, '').split('\n')) {
    const painted = paintLine(raw, isWord ? '' : (carried[pen] ?? ''));
    if (!isWord) carried[pen] = painted.carried;
    lines.push({
      number: lines.length + 1,
      eventId: id,
      at: createdAt,
      stepId: body.stepId,
      level: body.level ?? (type === 'completion' && body.error ? 'error' : 'info'),
      stepStatus: type === 'log' ? body.status : undefined,
      event: type === 'log' ? undefined : type,
      text: painted.text,
      pieces: painted.pieces,
    });
  }
}

/** Entries are in the order of their ids. */
function hasEvent(events: readonly TaskEvent[], id: number): boolean {
  let low = 0;
  let high = events.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = events[middle]?.id ?? 0;
    if (found === id) return true;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Has the run, as far as the log tells, come to its end since it last began. */
export function hasEnding({ events }: RunLog): boolean {
  const last = events.findLast(({ type }) => type === 'completion' || type === 'recovered');
  return last?.type === 'completion';
}
