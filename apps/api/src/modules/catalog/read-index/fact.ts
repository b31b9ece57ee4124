import { hasBit, setBit, SlotSet, type Bitmap } from './slot-set.ts';

/** One value of a key and the slots that have it. A single slot is kept without a set around it. */
export class Fact<Key = unknown> {
  readonly key: Key;
  /** Lower case; null for a value that is there but can never be equal (null, or too long). */
  readonly value: string | null;
  /** As it was first written, for facets. */
  readonly original: string | null;
  #single = -1;
  #many: SlotSet | undefined;

  constructor(key: Key, value: string | null, original: string | null) {
    this.key = key;
    this.value = value;
    this.original = original;
  }

  get size(): number {
    return this.#many ? this.#many.size : this.#single < 0 ? 0 : 1;
  }

  add(slot: number): void {
    if (this.#many) this.#many.add(slot);
    else if (this.#single < 0) this.#single = slot;
    else if (this.#single !== slot) {
      this.#many = new SlotSet();
      this.#many.add(this.#single);
      this.#many.add(slot);
      this.#single = -1;
    }
  }

  delete(slot: number): void {
    if (this.#many) this.#many.delete(slot);
    else if (this.#single === slot) this.#single = -1;
  }

  uniteInto(bitmap: Bitmap): void {
    if (this.#many) this.#many.uniteInto(bitmap);
    else if (this.#single >= 0) setBit(bitmap, this.#single);
  }

  countIn(bitmap: Bitmap): number {
    if (this.#many) return this.#many.countIn(bitmap);
    return this.#single >= 0 && hasBit(bitmap, this.#single) ? 1 : 0;
  }

  forEach(visit: (slot: number) => void): void {
    if (this.#many) this.#many.forEach(visit);
    else if (this.#single >= 0) visit(this.#single);
  }
}
