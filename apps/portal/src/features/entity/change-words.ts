import type { EntityChange } from '@waymark/contracts';
import { exactTime } from '@waymark/ui';

/** What happened, in a word. */
export const changeWords: Record<EntityChange['kind'], string> = {
  added: 'Added',
  changed: 'Changed',
  moved: 'Moved',
  removed: 'Removed',
};

const shortRevisionLength = 8;

/** A commit as people write it. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{20,}$/i.test(revision) ? revision.slice(0, shortRevisionLength) : revision;
}

/** The name in `Name <mail>`; anything else stays as it is. */
export function authorName(changedBy: string): string {
  return /^(.+?)\s*<[^>]*>$/.exec(changedBy)?.[1] ?? changedBy;
}

/** A version in a list of choices: when, what, from which commit. */
export function versionLabel(change: EntityChange): string {
  const commit = change.revision === undefined ? '' : ` · ${shortRevision(change.revision)}`;
  return `${exactTime(new Date(change.at))} · ${changeWords[change.kind].toLowerCase()}${commit}`;
}
