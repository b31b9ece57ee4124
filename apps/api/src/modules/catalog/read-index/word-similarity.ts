import { popCount } from './slot-set.ts';

/** From here on a word counts as similar; the default of PostgreSQL's `pg_trgm`. */
const MIN_SIMILARITY = 0.3;
/** A mistake in a shorter word makes another word of it. */
const MIN_LENGTH = 4;
/** From this length on, two mistakes are forgiven. */
const MIN_LENGTH_FOR_TWO = 8;
/** A beginning of a word may have a mistake in it from this length on. */
const MIN_PREFIX_LENGTH = 5;
const SLOTS = 512;
const BLANK = 32;
/** Longer than any word of the index. */
const MAX_COMPARED_UNITS = 80;

/**
 * Compares words with one that was perhaps misspelt: by the trigrams that they share, as `pg_trgm`
 * does it, and by the mistakes between them (a letter too many, too few, wrong, or two swapped),
 * because trigrams miss a swap in a short word.
 */
export class WordSimilarity {
  readonly #word: string;
  readonly #trigrams: readonly string[];
  /** Hash of a trigram → its number plus one. */
  readonly #table = new Uint16Array(SLOTS);
  /** For each trigram the last word that had it, so that it counts once. */
  readonly #seenIn: Uint32Array;
  /** Bits of its letters. */
  readonly #letters: number;
  readonly #maxMistakes: number;
  readonly #scratch = new Uint16Array(MAX_COMPARED_UNITS);
  #turn = 0;

  constructor(word: string) {
    this.#word = word;
    this.#trigrams = [...trigramsOf(word)];
    this.#seenIn = new Uint32Array(this.#trigrams.length);
    this.#maxMistakes = word.length < MIN_LENGTH_FOR_TWO ? 1 : 2;
    const units = Uint16Array.from(word, (letter) => letter.charCodeAt(0));
    this.#letters = lettersIn(units, 0, units.length);
    this.#trigrams.forEach((trigram, number) => {
      let slot = hash(trigram.charCodeAt(0), trigram.charCodeAt(1), trigram.charCodeAt(2));
      while (this.#table[slot] !== 0) slot = (slot + 1) % SLOTS;
      this.#table[slot] = number + 1;
    });
  }

  /** Words without a letter are numbers, and another number is no misspelling. */
  static isPossibleFor(word: string): boolean {
    return word.length >= MIN_LENGTH && /\p{L}/u.test(word);
  }

  /**
   * A quick look at a word in an array of UTF-16 units: false when {@link to} would surely give 0, which it
   * does for nearly every word of a catalog.
   */
  mayBe(units: Uint16Array, start: number, end: number): boolean {
    const sharedTrigrams = this.#countShared(units, start, end);
    if (sharedTrigrams >= MIN_SIMILARITY * this.#trigrams.length) return true;
    const comparedEnd = Math.min(end, start + this.#word.length + this.#maxMistakes);
    // Each letter of ours that is not there is a mistake.
    const missing = this.#letters & ~lettersIn(units, start, comparedEnd);
    return popCount(missing) <= this.#maxMistakes && end - start >= this.#word.length - this.#maxMistakes;
  }

  /** Between 0 and 1; 0 for a word that is not similar enough to be meant. */
  to(other: string): number {
    const length = Math.min(other.length, this.#scratch.length);
    for (let index = 0; index < length; index += 1) this.#scratch[index] = other.charCodeAt(index);
    return this.mayBe(this.#scratch, 0, length) ? this.#compareWith(other) : 0;
  }

  #compareWith(other: string): number {
    const similarity = trigramSimilarity(this.#word, other);
    const mistakes = this.#mistakesIn(other);
    const closeness = mistakes > this.#maxMistakes ? 0 : 1 - mistakes / (this.#word.length + 1);
    return Math.max(similarity < MIN_SIMILARITY ? 0 : similarity, closeness);
  }

  /** Different trigrams that the words share, without making any. */
  #countShared(units: Uint16Array, start: number, end: number): number {
    this.#turn += 1;
    let shared = 0;
    let first = BLANK;
    let second = BLANK;
    for (let position = start; position <= end; position += 1) {
      const third = position < end ? (units[position] ?? 0) : BLANK;
      if (this.#isNewHit(first, second, third)) shared += 1;
      first = second;
      second = third;
    }
    return shared;
  }

  #isNewHit(first: number, second: number, third: number): boolean {
    for (let slot = hash(first, second, third); ; slot = (slot + 1) % SLOTS) {
      const number = (this.#table[slot] ?? 0) - 1;
      if (number < 0) return false;
      const trigram = this.#trigrams[number] ?? '';
      if (
        trigram.charCodeAt(0) !== first ||
        trigram.charCodeAt(1) !== second ||
        trigram.charCodeAt(2) !== third
      )
        continue;
      if (this.#seenIn[number] === this.#turn) return false;
      this.#seenIn[number] = this.#turn;
      return true;
    }
  }

  /** Mistakes against the other word, or against its beginning where a beginning was typed. */
  #mistakesIn(other: string): number {
    const bound = this.#maxMistakes;
    if (other.length < this.#word.length - bound) return bound + 1;
    const mayBePrefix = this.#word.length >= MIN_PREFIX_LENGTH;
    if (!mayBePrefix && other.length > this.#word.length + bound) return bound + 1;
    return countMistakes(this.#word, other.slice(0, this.#word.length + bound), {
      isPrefix: mayBePrefix && other.length > this.#word.length,
    });
  }
}

/** Shared trigrams of two words, of all that they have: `similarity()` of `pg_trgm`. */
export function trigramSimilarity(left: string, right: string): number {
  const leftTrigrams = trigramsOf(left);
  const rightTrigrams = trigramsOf(right);
  let shared = 0;
  for (const trigram of leftTrigrams) if (rightTrigrams.has(trigram)) shared += 1;
  return shared / (leftTrigrams.size + rightTrigrams.size - shared);
}

/** Two blanks before the word and one after it, as in `pg_trgm`. */
function trigramsOf(word: string): Set<string> {
  const padded = `  ${word} `;
  const trigrams = new Set<string>();
  for (let start = 0; start + 3 <= padded.length; start += 1) trigrams.add(padded.slice(start, start + 3));
  return trigrams;
}

/**
 * Letters to insert, leave out, replace or swap with their neighbour to get from one word to the other
 * (optimal string alignment); with `isPrefix`, to its nearest beginning.
 */
export function countMistakes(word: string, other: string, { isPrefix = false } = {}): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = word[row - 1] === other[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        word[row - 1] === other[column - 2] &&
        word[row - 2] === other[column - 1]
      ) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return isPrefix ? Math.min(...last) : (last[other.length] ?? 0);
}

/** A bit for each letter; some letters share one. */
function lettersIn(units: Uint16Array, start: number, end: number): number {
  let letters = 0;
  for (let position = start; position < end; position += 1) letters |= 1 << ((units[position] ?? 0) & 31);
  return letters;
}

function hash(first: number, second: number, third: number): number {
  return ((first * 31 + second) * 31 + third) % SLOTS;
}
