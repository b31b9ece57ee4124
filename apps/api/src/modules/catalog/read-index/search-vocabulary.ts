import { withRoom } from './growable-array.ts';
import { WordSimilarity } from './word-similarity.ts';

/** Between two words; no word holds it. */
const SEPARATOR = 10;
/** The greatest unit of a string that V8 keeps with one byte for each. */
const MAX_LATIN_UNIT = 0xff;
/** As many words can be meant by one that was misspelt. */
const MAX_SIMILAR_WORDS = 50;
/** Of similar words, those that are far less similar than the best one are noise. */
const MIN_SHARE_OF_BEST = 0.6;

/** A word that may be meant, and how similar it is, from 0 to 1. */
export interface SimilarWord {
  number: number;
  similarity: number;
}

/** Where a term stands in a word. */
export type PlaceInWord = 'whole' | 'start' | 'inside';

/**
 * Different words, each once, in one growing array of UTF-16 units: a search for a part of a word is one
 * native scan, and no word is a string of its own. Words are never taken out; whoever owns the vocabulary
 * makes a new one when too many are unused.
 */
export class SearchVocabulary {
  #units = new Uint16Array(1024);
  #usedUnits = 1;
  #isLatin = true;
  #text = '';
  /** Position of the first unit of each word. */
  #starts = new Uint32Array(256);
  #size = 0;
  /** Words that a misspelt one may mean. */
  #comparable = new Uint32Array(256);
  #comparableCount = 0;
  /** Open addressing: number of a word plus one, or 0. */
  #table = new Uint32Array(1024);

  constructor() {
    this.#units[0] = SEPARATOR;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a word, a new one for a new word: that is the size so far. The word must not be empty. */
  numberOf(word: string): number {
    const cell = this.#cellOf(word);
    const known = this.#table[cell] ?? 0;
    if (known !== 0) return known - 1;
    const number = this.#append(word);
    this.#table[cell] = number + 1;
    if (this.#size * 2 > this.#table.length) this.#growTable();
    return number;
  }

  /** The number of a word that is known. */
  find(word: string): number | undefined {
    const known = this.#table[this.#cellOf(word)] ?? 0;
    return known === 0 ? undefined : known - 1;
  }

  wordAt(number: number): string {
    return String.fromCharCode(...this.#units.subarray(this.#startOf(number), this.#endOf(number)));
  }

  /** Visits every word with the term in it. A single letter is looked for at the beginning only. */
  eachWith(term: string, visit: (number: number, place: PlaceInWord) => void): void {
    const isLetter = term.length === 1;
    const needle = isLetter ? `\n${term}` : term;
    const text = this.#asText();
    let number = 0;
    for (let from = 0; ;) {
      const hit = text.indexOf(needle, from);
      if (hit < 0) return;
      const position = hit + (isLetter ? 1 : 0);
      number = this.#wordAround(position, number);
      const isStart = position === this.#startOf(number);
      const isWhole = isStart && position + term.length === this.#endOf(number);
      visit(number, isWhole ? 'whole' : isStart ? 'start' : 'inside');
      // The separator after the word is that before the next one.
      from = this.#endOf(number);
    }
  }

  /** Words that may be meant by a misspelt one, the most similar first, with the similarity. */
  similarTo(comparison: WordSimilarity): SimilarWord[] {
    const found: SimilarWord[] = [];
    for (let index = 0; index < this.#comparableCount; index += 1) {
      const number = this.#comparable[index] ?? 0;
      if (!comparison.mayBe(this.#units, this.#startOf(number), this.#endOf(number))) continue;
      const similarity = comparison.to(this.wordAt(number));
      if (similarity > 0) found.push({ number, similarity });
    }
    found.sort((left, right) => right.similarity - left.similarity || left.number - right.number);
    const best = found[0]?.similarity ?? 0;
    return found
      .filter(({ similarity }) => similarity >= best * MIN_SHARE_OF_BEST)
      .slice(0, MAX_SIMILAR_WORDS);
  }

  /** All words as one string, in which a term is found fastest; made anew when there are new words. */
  #asText(): string {
    if (this.#text.length !== this.#usedUnits) {
      const units = this.#units.subarray(0, this.#usedUnits);
      this.#text = this.#isLatin
        ? Buffer.from(units).toString('latin1')
        : Buffer.from(units.buffer, 0, units.byteLength).toString('utf16le');
    }
    return this.#text;
  }

  /** The cell that a word has or would get. */
  #cellOf(word: string): number {
    const mask = this.#table.length - 1;
    let cell = hashOf(word) & mask;
    for (let entry = this.#table[cell]; entry; entry = this.#table[cell]) {
      if (this.#isWord(entry - 1, word)) return cell;
      cell = (cell + 1) & mask;
    }
    return cell;
  }

  #append(word: string): number {
    const number = this.#size;
    const start = this.#usedUnits;
    this.#units = withRoom(this.#units, start + word.length + 1);
    for (let index = 0; index < word.length; index += 1) {
      const unit = word.charCodeAt(index);
      this.#units[start + index] = unit;
      if (unit > MAX_LATIN_UNIT) this.#isLatin = false;
    }
    this.#units[start + word.length] = SEPARATOR;
    this.#usedUnits += word.length + 1;
    this.#starts = withRoom(this.#starts, number + 1);
    this.#starts[number] = start;
    this.#size += 1;
    if (WordSimilarity.isPossibleFor(word)) {
      this.#comparable = withRoom(this.#comparable, this.#comparableCount + 1);
      this.#comparable[this.#comparableCount] = number;
      this.#comparableCount += 1;
    }
    return number;
  }

  #growTable(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    for (let number = 0; number < this.#size; number += 1) {
      let cell = hashOf(this.wordAt(number)) & (this.#table.length - 1);
      while (this.#table[cell] !== 0) cell = (cell + 1) & (this.#table.length - 1);
      this.#table[cell] = number + 1;
    }
  }

  #isWord(number: number, word: string): boolean {
    const start = this.#startOf(number);
    if (this.#endOf(number) - start !== word.length) return false;
    for (let index = 0; index < word.length; index += 1) {
      if (this.#units[start + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  #startOf(number: number): number {
    return this.#starts[number] ?? 0;
  }

  /** Position of the separator behind a word. */
  #endOf(number: number): number {
    return (number + 1 < this.#size ? this.#startOf(number + 1) : this.#usedUnits) - 1;
  }

  /** The word at a position; `known` is one that does not begin behind it. Near words are found at once. */
  #wordAround(position: number, known: number): number {
    let low = known;
    let step = 1;
    while (low + step < this.#size && this.#startOf(low + step) <= position) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.#size) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#startOf(middle) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** FNV-1a over the units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
