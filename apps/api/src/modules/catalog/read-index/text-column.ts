import { setBit, type Bitmap } from './slot-set.ts';

/** Between two values: no value may hold it, and no search term either. */
const SEPARATOR = '\n';
/** Stands in the list of slots for a value that several entities have. */
const IN_SET = -1;

/** A text in lower case, and the slots that have it: one, or a set. */
export interface TextEntry {
  text: string;
  slots: number | { uniteInto(bitmap: Bitmap): void };
}

/**
 * The values of one key as one long string, so that a substring search is one native scan instead of
 * a call for each value.
 */
export class TextColumn {
  readonly revision: number;
  readonly #text: string;
  readonly #starts: Uint32Array;
  /** The slot of each value, or {@link IN_SET}. */
  readonly #slots: Int32Array;
  readonly #sets: (TextEntry['slots'] | undefined)[];

  constructor(entries: readonly TextEntry[], revision: number) {
    this.revision = revision;
    this.#starts = new Uint32Array(entries.length);
    this.#slots = Int32Array.from(entries, ({ slots }) => (typeof slots === 'number' ? slots : IN_SET));
    this.#sets = entries.map(({ slots }) => (typeof slots === 'number' ? undefined : slots));
    let position = 0;
    const texts = entries.map(({ text }, index) => {
      this.#starts[index] = position;
      position += text.length + SEPARATOR.length;
      return text.replaceAll(SEPARATOR, ' ');
    });
    this.#text = texts.join(SEPARATOR);
  }

  /** ORs the slots of every value that contains `term` (lower case, no line break). */
  uniteMatches(bitmap: Bitmap, term: string): void {
    const starts = this.#starts;
    let from = 0;
    let index = 0;
    for (;;) {
      const hit = this.#text.indexOf(term, from);
      if (hit < 0) return;
      index = lastStartAt(starts, hit, index);
      const slot = this.#slots[index] ?? IN_SET;
      if (slot !== IN_SET) setBit(bitmap, slot);
      else {
        const set = this.#sets[index];
        if (typeof set === 'object') set.uniteInto(bitmap);
      }
      const next = starts[index + 1];
      if (next === undefined) return;
      from = next;
    }
  }
}

/** Index of the last start that is not behind `position`; `known` is one that is not. Near hits are found at once. */
function lastStartAt(starts: Uint32Array, position: number, known: number): number {
  let low = known;
  let step = 1;
  while (low + step < starts.length && (starts[low + step] ?? 0) <= position) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, starts.length) - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
