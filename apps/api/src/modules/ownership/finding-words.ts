import { escapeInvisible } from '@waymark/catalog-model';
import type { FoundEntity, LateSource, RivalClaim } from './ownership.repository.ts';

/** What is wrong with one entity, and what to do about it. */
export interface FindingWords {
  detail: string;
  fix: string;
}

const placeOf = ({ path, line }: { path: string; line: number }) => escapeInvisible(`${path}:${line}`);

/** A text of a file inside a sentence: from anybody, so short, and nothing in it hidden. */
const quote = (text: string) => `“${escapeInvisible(text.length > 80 ? `${text.slice(0, 80)}…` : text)}”`;

/** Nobody answers for it. */
export function unownedWords(entity: FoundEntity): FindingWords {
  return {
    detail:
      entity.ownerText === undefined
        ? 'Its descriptor names no owner.'
        : `Its owner is written as ${quote(entity.ownerText)}, which is no reference to a group or user.`,
    fix: `Set spec.owner in ${placeOf(entity)} to the group or user that answers for it.`,
  };
}

/** Who should answer for it is not in the catalog. */
export function ownerUnknownWords(entity: FoundEntity, ownerRefs: readonly string[]): FindingWords {
  const owners = escapeInvisible(ownerRefs.join(' and '));
  return {
    detail: `Its owner ${owners} is not in the catalog.`,
    fix: `Correct spec.owner in ${placeOf(entity)}, or register the file that describes ${owners}.`,
  };
}

/** A group that owns something and that nobody belongs to. */
export function ownerWithoutMembersWords(entity: FoundEntity, ownedCount: number): FindingWords {
  const owned = ownedCount === 1 ? 'one entity' : `${ownedCount} entities`;
  return {
    detail: `It owns ${owned}, and no person of the catalog belongs to it or to a group below it.`,
    fix: `Name people in spec.members in ${placeOf(entity)} or this group in memberOf of a User, or give what it owns to a group that has people.`,
  };
}

/** Kept although its source no longer gives it. */
export function orphanWords(entity: FoundEntity): FindingWords {
  const message = entity.status?.message ?? 'Its source no longer gives it.';
  if (entity.status?.level === 'error') {
    return {
      detail: `Its document cannot be used any more, so its last good version stays. ${message}`,
      fix: `Repair the document in ${entity.path}, or remove it there to take the entity out of the catalog.`,
    };
  }
  return {
    detail: message,
    fix: 'If it has moved, register the repository that it moved to. If it is gone for good, there is nothing to do: it leaves the catalog by itself.',
  };
}

/** Its source was not read within its freshness target. */
export function staleWords(source: LateSource): FindingWords {
  const last =
    source.lastSuccessAt === undefined
      ? `${source.target} was never read without a failure.`
      : `${source.target} was last read at ${minuteText(source.lastSuccessAt)}.`;
  if (source.isPaused) {
    return { detail: `${last} It is paused.`, fix: 'Go on with the source on its page, or remove it.' };
  }
  if (source.errorMessage !== undefined) {
    return {
      detail: `${last} Since then it fails: ${source.errorMessage}`,
      fix: 'Its page says what to do about the failure.',
    };
  }
  return {
    detail: last,
    fix: 'Read the source again on its page. If it stays late, the worker does not run or has too much to do.',
  };
}

/** Several documents claim the ref. */
export function conflictWords(entity: FoundEntity, rival: RivalClaim): FindingWords {
  const others = rival.otherRivals === 0 ? '' : ` and ${rival.otherRivals} more`;
  return {
    detail: `Described in ${placeOf(entity)} of ${entity.sourceTarget}, which holds it, and in ${placeOf(rival)} of ${rival.sourceTarget}${others}.`,
    fix: 'Rename one of them, or remove the one that is wrong.',
  };
}

/** `2026-11-26 21:04 UTC`. */
function minuteText(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
