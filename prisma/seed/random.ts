import { createHash } from 'node:crypto';

/** A stream of pseudo-random choices that is the same on every machine for the same seed. */
export interface RandomChoices {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number;
  /** One item of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item;
  /** The items in another order; the input stays as it is. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/**
 * Choices that depend on the text of the seed alone, so that a change in one part of the demo organisation
 * leaves the others as they are. Each number is 32 bits of SHA-256 over seed and counter.
 */
export function randomChoices(seed: string): RandomChoices {
  let drawn = 0;
  const below = (bound: number): number => {
    const digest = createHash('sha256').update(`${seed}#${drawn++}`).digest();
    return digest.readUInt32BE(0) % bound;
  };
  return {
    below,
    pick: (items) => itemAt(items, below(items.length)),
    shuffle: (items) => {
      const rest = [...items];
      return items.map(() => itemAt(rest.splice(below(rest.length), 1), 0));
    },
  };
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  if (index >= items.length) throw new Error('cannot choose from an empty list');
  // The index is inside the list; Item itself may include undefined, so a check of the value would be wrong.
  return items[index] as Item;
}
