import { nextTurn } from './indexed-entities.ts';

/** Refs compared between two turns of the event loop. */
const COMPARE_CHUNK = 5_000;
/** A longer name is no name of the format, and comparing it costs its length squared. */
const MAX_NAME_LENGTH = 100;

/**
 * Refs that somebody who asks for `ref` may have meant: the same name as another kind or in another namespace
 * first, then names that differ by few letters.
 */
export async function findSimilarRefs(
  refs: Iterable<string>,
  ref: string,
  maxItems: number,
): Promise<string[]> {
  const name = nameOf(ref).slice(0, MAX_NAME_LENGTH);
  const maxEdits = name.length < 5 ? 1 : name.length < 9 ? 2 : 3;
  const found: { ref: string; edits: number }[] = [];
  let compared = 0;
  for (const candidate of refs) {
    compared += 1;
    if (compared % COMPARE_CHUNK === 0) await nextTurn();
    const edits = editDistance(name, nameOf(candidate), maxEdits);
    if (edits <= maxEdits && candidate !== ref) found.push({ ref: candidate, edits });
  }
  return found
    .sort((left, right) => left.edits - right.edits || (left.ref < right.ref ? -1 : 1))
    .slice(0, maxItems)
    .map((item) => item.ref);
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

/**
 * Letters to insert, delete, replace, or swap with their neighbour, to make one text of the other (optimal string
 * alignment). Gives up with `maxEdits + 1` as soon as there must be more.
 */
export function editDistance(left: string, right: string, maxEdits: number): number {
  if (Math.abs(left.length - right.length) > maxEdits) return maxEdits + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwapped) edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      current.push(edits);
    }
    // A swap reaches back over one row, so two must be over the bound.
    if (Math.min(...current, ...last) > maxEdits) return maxEdits + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[right.length] ?? 0, maxEdits + 1);
}
