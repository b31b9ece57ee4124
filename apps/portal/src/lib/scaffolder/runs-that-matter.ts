import type { RunSummary } from '@waymark/contracts';
import { isUnderWay } from './run-words.ts';

/** A failure is news for so long; later it is history. */
const newsMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Of somebody's last runs those that they may want to come back to: what is under way, and what failed and was neither
 * taken back nor run again since.
 */
export function runsThatMatter(runs: readonly RunSummary[], now: number): RunSummary[] {
  return runs.filter((run, index) => {
    if (isUnderWay(run)) return true;
    if (run.status !== 'failed' || run.undo?.state === 'done') return false;
    if (now - Date.parse(run.endedAt ?? run.createdAt) > newsMs) return false;
    // The newest come first: a later run of the same template has taken this one's place.
    return !runs.slice(0, index).some(({ templateRef }) => templateRef === run.templateRef);
  });
}
