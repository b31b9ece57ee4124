import { withRoom } from './growable-array.ts';
import { SearchVocabulary } from './search-vocabulary.ts';

/** Words, and for each the numbers that were noted with it: chains in one array, the newest number first. */
export class SearchPostings {
  readonly words = new SearchVocabulary();
  /** Head of the chain of each word: position in the postings plus one. */
  #heads = new Uint32Array(256);
  #postings = new Uint32Array(1024);
  /** The posting before each posting, plus one. */
  #previous = new Uint32Array(1024);
  #count = 0;

  /** Notes a number with a word, which must not be empty. */
  add(word: string, posting: number): void {
    const number = this.words.numberOf(word);
    const at = this.#count;
    this.#heads = withRoom(this.#heads, number + 1);
    this.#postings = withRoom(this.#postings, at + 1);
    this.#previous = withRoom(this.#previous, at + 1);
    this.#postings[at] = posting;
    this.#previous[at] = this.#heads[number] ?? 0;
    this.#heads[number] = at + 1;
    this.#count += 1;
  }

  /** Visits the numbers that were noted with the word of a number. */
  each(word: number, visit: (posting: number) => void): void {
    for (let at = this.#heads[word] ?? 0; at !== 0; at = this.#previous[at - 1] ?? 0) {
      visit(this.#postings[at - 1] ?? 0);
    }
  }
}
