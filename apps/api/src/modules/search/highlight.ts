import { foldedWords, foldText, WordSimilarity, wordsIn } from '../catalog/index.ts';

/** Marks around matched letters: characters of the private use area, which mean nothing and are no markup. */
export const preTag = '\uE000';
export const postTag = '\uE001';
const TAGS = /[\uE000\uE001]/g;

/** Finds again in texts what a search has found. */
export class Highlighter {
  readonly #words: readonly string[];
  readonly #similarities: readonly WordSimilarity[];

  constructor(term: string) {
    // The longest first: of `pay payments` the longer one is marked.
    this.#words = [...new Set(foldedWords(term))].sort((left, right) => right.length - left.length);
    this.#similarities = this.#words
      .filter((word) => WordSimilarity.isPossibleFor(word))
      .map((word) => new WordSimilarity(word));
  }

  /**
   * The text with tags around the matched letters, or undefined without any. With `isFuzzy`, words that
   * resemble the term are marked too. Tags that the text itself has are taken out.
   */
  mark(text: string, { isFuzzy }: { isFuzzy: boolean }): string | undefined {
    const plain = text.replaceAll(TAGS, '');
    if (!isFuzzy && !this.#hasWord(plain)) return undefined;
    let marked = '';
    let end = 0;
    for (const { word, start } of wordsIn(plain)) {
      const range = this.#rangeIn(word, isFuzzy);
      if (range === undefined) continue;
      const [from, to] = range;
      marked += `${plain.slice(end, start + from)}${preTag}${plain.slice(start + from, start + to)}${postTag}`;
      end = start + to;
    }
    return end === 0 ? undefined : marked + plain.slice(end);
  }

  /** A quick look: most texts of a result have nothing to mark. */
  #hasWord(text: string): boolean {
    const folded = foldText(text);
    return this.#words.some((word) => folded.includes(word));
  }

  /** The letters to mark within a word. */
  #rangeIn(word: string, isFuzzy: boolean): readonly [from: number, to: number] | undefined {
    const folded = foldText(word);
    for (const searched of this.#words) {
      const at = searched.length === 1 ? (folded.startsWith(searched) ? 0 : -1) : folded.indexOf(searched);
      if (at < 0) continue;
      // Where folding has moved the letters, the whole word is marked.
      return folded.length === word.length ? [at, at + searched.length] : [0, word.length];
    }
    const isSimilar = isFuzzy && this.#similarities.some((similarity) => similarity.to(folded) > 0);
    return isSimilar ? [0, word.length] : undefined;
  }
}
