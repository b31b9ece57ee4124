import type { Source } from '@waymark/contracts';
import type { StatusTone } from '@waymark/ui';

/** The short name of a source: repository or folder without its path. */
export function sourceName(source: Pick<Source, 'target'>): string {
  return shortTarget(source.target);
}

/** The last part of a target that tells it from others: `https://host/acme/ledger.git` is `acme/ledger`. */
export function shortTarget(target: string): string {
  const trimmed = target
    .replace(/^(url|file|git):(?!\/\/)/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
  const path = trimmed.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, '').replace(/^[^@/]+@[^:/]+:/, '');
  const parts = path.split('/').filter(Boolean);
  const short = parts
    .slice(-2)
    .join('/')
    .replace(/\.git$/, '');
  return short === '' ? target : short;
}

const stateWords: Record<Source['state'], { tone: StatusTone; word: string }> = {
  waiting: { tone: 'waiting', word: 'Never read' },
  queued: { tone: 'waiting', word: 'Queued' },
  reading: { tone: 'busy', word: 'Reading' },
  ready: { tone: 'good', word: 'Up to date' },
  failed: { tone: 'bad', word: 'Failing' },
};

/** The state of a source as tone and word. A read that is older than its target is late, not up to date. */
export function sourceStateWords(source: Source, now: Date): { tone: StatusTone; word: string } {
  if (source.isPaused && source.state !== 'reading') return { tone: 'unknown', word: 'Paused' };
  if (source.state === 'ready' && isLate(source, now)) return { tone: 'warning', word: 'Late' };
  return stateWords[source.state];
}

/** How long a planned read may wait for its turn before the source counts as late. */
const turnMs = 30_000;

/** Is the last good read older than the source's target, with no read about to begin. */
export function isLate(source: Source, now: Date): boolean {
  if (source.lastSuccessAt === undefined) return false;
  const isOld = now.getTime() - Date.parse(source.lastSuccessAt) > source.freshnessTargetSeconds * 1000;
  const isComing = source.nextReadAt !== undefined && now.getTime() - Date.parse(source.nextReadAt) < turnMs;
  // A target as long as the interval between reads is always missed by a moment: that is no news.
  return isOld && !isComing;
}

/** Anything of a source that a person should look at. */
export function needsAttention(source: Source): boolean {
  return source.state === 'failed' || source.counts.errors > 0 || source.counts.conflicts > 0;
}

const stageWords = {
  fetching: 'Fetching the repository',
  listing: 'Listing files',
  reading: 'Reading files',
  writing: 'Writing changes',
} as const;

/** What a read is doing, e.g. "Reading files, 120 of 400". */
export function progressWords({ stage, done, total }: NonNullable<Source['progress']>): string {
  if (total !== undefined)
    return `${stageWords[stage]}, ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return done > 0 ? `${stageWords[stage]}, ${done.toLocaleString('en')} so far` : stageWords[stage];
}
