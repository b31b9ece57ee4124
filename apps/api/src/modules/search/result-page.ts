import type { Bitmap, CatalogReadIndex } from '../catalog/index.ts';
import { countBits, eachBit, hasBit, maxSearchScore } from '../catalog/index.ts';

/** By name; entities of one name by their ref. */
const NAME_ORDER = [{ field: 'metadata.name', direction: 'asc' }] as const;

/** From here on, walking through all entities by name costs less than sorting the ones that were found. */
const MANY = 1_000;

/**
 * Slots `offset … offset + limit - 1` of the given ones, the highest score first and equal ones by name.
 * Only as many as the page needs are sorted.
 */
export function pageByScore(
  index: CatalogReadIndex,
  slots: Bitmap,
  scores: Uint16Array,
  { offset, limit }: { offset: number; limit: number },
): number[] {
  const least = scoreAtRank(slots, scores, offset + limit);
  const candidates = inOrderOfName(index, slots, (slot) => (scores[slot] ?? 0) >= least);
  // The sort keeps the order by name among equals.
  candidates.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0));
  return candidates.slice(offset, offset + limit);
}

function inOrderOfName(
  index: CatalogReadIndex,
  slots: Bitmap,
  isWanted: (slot: number) => boolean,
): number[] {
  const order = index.order(NAME_ORDER);
  const wanted: number[] = [];
  if (countBits(slots) > MANY) {
    for (const slot of order.slots) if (hasBit(slots, slot) && isWanted(slot)) wanted.push(slot);
    return wanted;
  }
  const { ranks } = order;
  eachBit(slots, (slot) => {
    if (isWanted(slot)) wanted.push(slot);
  });
  return wanted.sort((left, right) => (ranks[left] ?? 0) - (ranks[right] ?? 0));
}

/** The score of the result at a rank, or 0 when there are not so many. */
function scoreAtRank(slots: Bitmap, scores: Uint16Array, rank: number): number {
  const counts = new Uint32Array(maxSearchScore + 1);
  eachBit(slots, (slot) => {
    const score = scores[slot] ?? 0;
    counts[score] = (counts[score] ?? 0) + 1;
  });
  let reached = 0;
  for (let score = maxSearchScore; score > 0; score -= 1) {
    reached += counts[score] ?? 0;
    if (reached >= rank) return score;
  }
  return 0;
}
