import { createBitmap, hasBit, setBit } from './slot-set.ts';

/** A power of two: half a megabyte. The names of a hundred thousand entities set a tenth. */
const BIT_COUNT_LOG2 = 22;
const BITS = 1 << BIT_COUNT_LOG2;
/** Letters that are compared on each side of a joint. */
const MAX_SIDE = 3;

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** For a second position that has little to do with the first: Fibonacci hashing. */
const GOLDEN_RATIO = 0x9e3779b1;

/**
 * Tells of nearly every term that it stands across no joint of the words in a compound (`payments|api`).
 * Compounds, of which there is one for nearly every entity, need not be looked through for such a term:
 * where it stands within one of the words, it is found there. A Bloom filter of the letters around each
 * joint.
 */
export class WordJoints {
  readonly #filter = createBitmap(BITS);

  /** Notes the joints of the words of a compound. */
  add(parts: readonly string[]): void {
    const compound = parts.join('');
    let joint = 0;
    for (const part of parts) {
      if (joint > 0) this.#note(compound, joint);
      joint += part.length;
    }
  }

  /** Whether a compound may have the term across a joint; a false is certain. */
  mayCross(term: string): boolean {
    for (let joint = 1; joint < term.length; joint += 1) {
      const start = Math.max(0, joint - MAX_SIDE);
      const end = Math.min(term.length, joint + MAX_SIDE);
      let hash = FNV_BASIS ^ (joint - start);
      for (let index = start; index < end; index += 1) hash = withUnit(hash, term, index);
      if (this.#isNoted(hash)) return true;
    }
    return false;
  }

  #isNoted(hash: number): boolean {
    return hasBit(this.#filter, firstPosition(hash)) && hasBit(this.#filter, secondPosition(hash));
  }

  /** Each number of letters before the joint with each number behind it: a term may begin and end there. */
  #note(compound: string, joint: number): void {
    const lastEnd = Math.min(compound.length, joint + MAX_SIDE);
    for (let start = Math.max(0, joint - MAX_SIDE); start < joint; start += 1) {
      let hash = FNV_BASIS ^ (joint - start);
      for (let index = start; index < lastEnd; index += 1) {
        hash = withUnit(hash, compound, index);
        if (index < joint) continue;
        setBit(this.#filter, firstPosition(hash));
        setBit(this.#filter, secondPosition(hash));
      }
    }
  }
}

/** FNV-1a, a unit further. */
function withUnit(hash: number, text: string, index: number): number {
  return Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
}

function firstPosition(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BITS - 1);
}

function secondPosition(hash: number): number {
  return Math.imul(hash, GOLDEN_RATIO) >>> (32 - BIT_COUNT_LOG2);
}
