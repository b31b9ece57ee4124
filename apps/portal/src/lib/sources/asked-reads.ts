import type { Source } from '@waymark/contracts';

/** Longest time that a read is followed after somebody asked for it. */
const followedMs = 10 * 60_000;

interface AskedRead {
  /** Last read when it was asked for; a later one is the answer. */
  lastReadAt: string | undefined;
  untilMs: number;
}

const asked = new Map<string, AskedRead>();
const listeners = new Set<() => void>();
let ids: readonly string[] = [];

function tellChange() {
  ids = [...asked.keys()];
  for (const listener of listeners) listener();
}

/** The sources whose read was asked for, as a store that React can follow. */
export const askedReads = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  ids: () => ids,
};

/** Notes that the person on this page asked for a read, so that its end is told. */
export function noteAskedRead(source: Pick<Source, 'id' | 'lastReadAt'>, nowMs: number) {
  asked.set(source.id, { lastReadAt: source.lastReadAt, untilMs: nowMs + followedMs });
  tellChange();
}

/** Gives up a read that will never be told, e.g. because its source is gone. */
export function forgetAskedRead(id: string) {
  if (asked.delete(id)) tellChange();
}

/** Is an asked read still to end. */
export function isAwaitingReads(nowMs: number): boolean {
  return [...asked.values()].some(({ untilMs }) => untilMs >= nowMs);
}

/** Takes out the sources whose asked read has ended since, and gives up the reads that never did. */
export function takeEndedReads(sources: readonly Source[], nowMs: number): Source[] {
  const sizeBefore = asked.size;
  for (const [id, { untilMs }] of asked) if (untilMs < nowMs) asked.delete(id);
  const ended = sources.filter((source) => {
    const read = asked.get(source.id);
    return (
      read && isLater(source.lastReadAt, read.lastReadAt) && !isUnderWay(source) && asked.delete(source.id)
    );
  });
  if (asked.size !== sizeBefore) tellChange();
  return ended;
}

function isUnderWay({ state }: Source): boolean {
  return state === 'queued' || state === 'reading';
}

/** Later, not merely another: what was seen of a source before it was asked may be older than the question. */
function isLater(lastReadAt: string | undefined, before: string | undefined): boolean {
  return lastReadAt !== undefined && (before === undefined || Date.parse(lastReadAt) > Date.parse(before));
}
