/** A fixed-width set of slots as bits, 32 a word. Results of filters are bitmaps. */
export type Bitmap = Uint32Array<ArrayBuffer>;

/** An empty bitmap that can hold slots `0 … capacity - 1`. */
export function createBitmap(capacity: number): Bitmap {
  return new Uint32Array((capacity + 31) >>> 5);
}

export function setBit(bitmap: Bitmap, slot: number): void {
  const word = slot >>> 5;
  bitmap[word] = (bitmap[word] ?? 0) | (1 << (slot & 31));
}

export function clearBit(bitmap: Bitmap, slot: number): void {
  const word = slot >>> 5;
  bitmap[word] = (bitmap[word] ?? 0) & ~(1 << (slot & 31));
}

export function hasBit(bitmap: Bitmap, slot: number): boolean {
  return ((bitmap[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0;
}

/** `target := target AND other`. */
export function intersectInto(target: Bitmap, other: Bitmap): void {
  for (let word = 0; word < target.length; word += 1) {
    target[word] = (target[word] ?? 0) & (other[word] ?? 0);
  }
}

/** `target := target OR other`. */
export function uniteInto(target: Bitmap, other: Bitmap): void {
  const words = Math.min(target.length, other.length);
  for (let word = 0; word < words; word += 1) target[word] = (target[word] ?? 0) | (other[word] ?? 0);
}

/** `target := target AND NOT other`. */
export function subtractFrom(target: Bitmap, other: Bitmap): void {
  const words = Math.min(target.length, other.length);
  for (let word = 0; word < words; word += 1) target[word] = (target[word] ?? 0) & ~(other[word] ?? 0);
}

/** How many slots the bitmap holds. */
export function countBits(bitmap: Bitmap): number {
  let count = 0;
  for (let word = 0; word < bitmap.length; word += 1) count += popCount(bitmap[word] ?? 0);
  return count;
}

/** Visits the slots of a bitmap in ascending order. */
export function eachBit(bitmap: Bitmap, visit: (slot: number) => void): void {
  for (let word = 0; word < bitmap.length; word += 1) {
    let bits = bitmap[word] ?? 0;
    while (bits !== 0) {
      visit((word << 5) + (31 - Math.clz32(bits & -bits)));
      bits &= bits - 1;
    }
  }
}

/** How many slots two bitmaps share, without making a third. */
export function countShared(left: Bitmap, right: Bitmap): number {
  let count = 0;
  const words = Math.min(left.length, right.length);
  for (let word = 0; word < words; word += 1) count += popCount((left[word] ?? 0) & (right[word] ?? 0));
  return count;
}

/** Bits set in a 32-bit word (the well-known parallel sum). */
export function popCount(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Above this many slots a bitmap is smaller and faster than a sorted list. */
const MAX_SPARSE_SLOTS = 1024;

/** A growing set of slots: a sorted list while it is small, a bitmap once it is not. */
export class SlotSet {
  #sparse: number[] | undefined = [];
  #bits: Bitmap = createBitmap(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(slot: number): void {
    if (this.#sparse) {
      const position = lowerBound(this.#sparse, slot);
      if (this.#sparse[position] === slot) return;
      if (position === this.#sparse.length) this.#sparse.push(slot);
      else this.#sparse.splice(position, 0, slot);
      this.#size += 1;
      if (this.#size > MAX_SPARSE_SLOTS) this.#becomeDense();
      return;
    }
    this.#reserve(slot);
    if (hasBit(this.#bits, slot)) return;
    setBit(this.#bits, slot);
    this.#size += 1;
  }

  delete(slot: number): void {
    if (this.#sparse) {
      const position = lowerBound(this.#sparse, slot);
      if (this.#sparse[position] !== slot) return;
      this.#sparse.splice(position, 1);
      this.#size -= 1;
    } else if (hasBit(this.#bits, slot)) {
      clearBit(this.#bits, slot);
      this.#size -= 1;
    }
  }

  has(slot: number): boolean {
    return this.#sparse ? this.#sparse[lowerBound(this.#sparse, slot)] === slot : hasBit(this.#bits, slot);
  }

  /** ORs the slots into `bitmap`, which must be wide enough. */
  uniteInto(bitmap: Bitmap): void {
    if (!this.#sparse) return uniteInto(bitmap, this.#bits);
    for (const slot of this.#sparse) setBit(bitmap, slot);
  }

  /** How many of the slots `bitmap` holds. */
  countIn(bitmap: Bitmap): number {
    if (!this.#sparse) return countShared(this.#bits, bitmap);
    let count = 0;
    for (const slot of this.#sparse) if (hasBit(bitmap, slot)) count += 1;
    return count;
  }

  forEach(visit: (slot: number) => void): void {
    if (this.#sparse) return this.#sparse.forEach(visit);
    eachBit(this.#bits, visit);
  }

  #becomeDense(): void {
    const slots = this.#sparse ?? [];
    this.#sparse = undefined;
    this.#bits = createBitmap((slots.at(-1) ?? 0) + 1);
    for (const slot of slots) setBit(this.#bits, slot);
  }

  #reserve(slot: number): void {
    const words = (slot >>> 5) + 1;
    if (words <= this.#bits.length) return;
    const wider = new Uint32Array(Math.max(words, this.#bits.length * 2));
    wider.set(this.#bits);
    this.#bits = wider;
  }
}

/** Position of the first element that is not less than `value` in a sorted list. */
function lowerBound(sorted: number[], value: number): number {
  // Slots are mostly added in ascending order, so the end is the likely place.
  if (sorted.length === 0 || (sorted[sorted.length - 1] ?? 0) < value) return sorted.length;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
