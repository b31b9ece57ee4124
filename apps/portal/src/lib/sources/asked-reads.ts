import type { Source } from '@waymark/contracts';

/** Longest time that a read is followed after somebody asked for it. */
const followedMs = 10 * 60_000;

interface AskedRead {
  /** Last read when it was asked for; a later one is the answer. */
  lastReadAt: string | undefined;
  untilMs: number;
}

const asked = new Map<string, AskedRead>();

/** Notes that the person on this page asked for a read, so that its end is told. */
export function noteAskedRead(source: Pick<Source, 'id' | 'lastReadAt'>, nowMs: number) {
  asked.set(source.id, { lastReadAt: source.lastReadAt, untilMs: nowMs + followedMs });
}

/** Is an asked read still to end. */
export function isAwaitingReads(nowMs: number): boolean {
  for (const [id, { untilMs }] of asked) if (untilMs < nowMs) asked.delete(id);
  return asked.size > 0;
}

/** Takes out the sources whose asked read has ended since. */
export function takeEndedReads(sources: readonly Source[]): Source[] {
  return sources.filter((source) => {
    const read = asked.get(source.id);
    const isEnded =
      read &&
      source.lastReadAt !== read.lastReadAt &&
      source.state !== 'queued' &&
      source.state !== 'reading';
    if (isEnded) asked.delete(source.id);
    return isEnded;
  });
}
