import { eachBit, hasBit, type CatalogReadIndex } from '../catalog/index.ts';

/**
 * Kinds that somebody must answer for. A User, a Group and a Location own or lead to things and are owned by
 * nobody; for a kind of the company's own nothing is known, so a missing owner is no finding there.
 */
export const ownedKinds = [
  'component',
  'api',
  'resource',
  'system',
  'domain',
  'template',
  'airesource',
  'service',
] as const;

/** Checks that the catalog in memory answers, each with the refs that fail it, in the order of their text. */
export interface IndexFindings {
  unowned: string[];
  'owner-unknown': string[];
  'owner-without-members': string[];
}

const OWNED_BY = 'relations.ownedby';

/** Runs the checks over the whole index. The result holds for the index's present version. */
export function findInIndex(index: CatalogReadIndex): IndexFindings {
  return {
    unowned: findUnowned(index).sort(),
    'owner-unknown': findOwnedByUnknown(index).sort(),
    'owner-without-members': findOwnersWithoutMembers(index).sort(),
  };
}

function findUnowned(index: CatalogReadIndex): string[] {
  const candidates = index.filter([new Map([['kind', ownedKinds]])]);
  const owned = index.filter([new Map([[OWNED_BY, null]])]);
  const refs: string[] = [];
  eachBit(candidates, (slot) => {
    if (!hasBit(owned, slot)) refs.push(index.refOf(slot));
  });
  return refs;
}

function findOwnedByUnknown(index: CatalogReadIndex): string[] {
  const unknownOwners = ownersOf(index).filter((ref) => index.slotOf(ref) === undefined);
  // A filter needs a value: without one it would ask for everything that is owned.
  if (unknownOwners.length === 0) return [];
  const refs: string[] = [];
  eachBit(index.filter([new Map([[OWNED_BY, unknownOwners]])]), (slot) => refs.push(index.refOf(slot)));
  return refs;
}

function findOwnersWithoutMembers(index: CatalogReadIndex): string[] {
  return ownersOf(index).filter(
    (ref) => ref.startsWith('group:') && index.slotOf(ref) !== undefined && !hasAnybody(index, ref),
  );
}

/** Every ref that somebody names as an owner. */
function ownersOf(index: CatalogReadIndex): string[] {
  return index.facet(OWNED_BY, index.filter([])).map(({ value }) => value);
}

/** Does a person that the catalog has belong to the group, or to one below it. */
function hasAnybody(index: CatalogReadIndex, groupRef: string): boolean {
  const seen = new Set([groupRef]);
  // The set grows while it is walked; groups that are parents of each other are visited once.
  for (const ref of seen) {
    const slot = index.slotOf(ref);
    if (slot === undefined) continue;
    for (const { type, targetRef } of index.relationsOf(slot)) {
      if (type === 'hasMember' && index.slotOf(targetRef) !== undefined) return true;
      if (type === 'parentOf') seen.add(targetRef);
    }
  }
  return false;
}
