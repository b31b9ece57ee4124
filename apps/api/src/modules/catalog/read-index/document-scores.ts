import { withRoom } from './growable-array.ts';

/** The best score of each document that has one, to be used again and again. What is asked costs what was scored. */
export class DocumentScores {
  /** By document; 0 without a score. */
  #scores = new Uint16Array(0);
  /** Those with a score. */
  #documents = new Uint32Array(256);
  #size = 0;

  /** Documents with a score. */
  get size(): number {
    return this.#size;
  }

  /** Forgets all scores and has room for documents `0 … count - 1`. */
  reset(count: number): void {
    for (let index = 0; index < this.#size; index += 1) this.#scores[this.#documents[index] ?? 0] = 0;
    this.#size = 0;
    this.#scores = withRoom(this.#scores, count);
  }

  /** Gives a document a score, which must not be 0, unless it has a higher one. */
  raise(document: number, score: number): void {
    const before = this.#scores[document] ?? 0;
    if (score <= before) return;
    this.#scores[document] = score;
    if (before !== 0) return;
    this.#documents = withRoom(this.#documents, this.#size + 1);
    this.#documents[this.#size] = document;
    this.#size += 1;
  }

  /** The score of a document, or 0. */
  of(document: number): number {
    return this.#scores[document] ?? 0;
  }

  /** Visits every document that has a score, in no certain order. */
  each(visit: (document: number, score: number) => void): void {
    for (let index = 0; index < this.#size; index += 1) {
      const document = this.#documents[index] ?? 0;
      visit(document, this.#scores[document] ?? 0);
    }
  }
}
