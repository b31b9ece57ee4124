import type { Bitmap, CatalogReadIndex } from '../catalog/index.ts';
import { hasBit } from '../catalog/index.ts';

/** By name; entities of one name by their ref. */
const NAME_ORDER = [{ field: 'metadata.name', direction: 'asc' }] as const;

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
  const inOrder = index.order(NAME_ORDER).slots;
  const least = scoreAtRank(inOrder, slots, scores, offset + limit);
  const candidates: number[] = [];
  for (const slot of inOrder) if (hasBit(slots, slot) && (scores[slot] ?? 0) >= least) candidates.push(slot);
  // The sort keeps the order by name among equals.
  candidates.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0));
  return candidates.slice(offset, offset + limit);
}

/** The score of the result at a rank, or the least one when there are not so many. */
function scoreAtRank(inOrder: Uint32Array, slots: Bitmap, scores: Uint16Array, rank: number): number {
  const counts = new Map<number, number>();
  for (const slot of inOrder) {
    if (hasBit(slots, slot)) counts.set(scores[slot] ?? 0, (counts.get(scores[slot] ?? 0) ?? 0) + 1);
  }
  let reached = 0;
  for (const [score, count] of [...counts].sort(([left], [right]) => right - left)) {
    reached += count;
    if (reached >= rank) return score;
  }
  return 0;
}
