import { clearBit, createBitmap, setBit, type Bitmap } from './slot-set.ts';

/** One key to sort by. */
export interface OrderField {
  /** Lower-case path, e.g. `metadata.name`. */
  field: string;
  direction: 'asc' | 'desc';
}

/** Where an item stands in an order: its values, then its ref, which makes the place unique. */
export interface OrderPosition {
  values: readonly (string | null)[];
  ref: string;
}

/** What a sort order reads of an index. */
export interface OrderSource {
  readonly capacity: number;
  refOf(slot: number): string;
  /** Every slot that holds an entity. */
  liveSlots(): Iterable<number>;
  /** Smallest value of a key of each slot that has the key. */
  valuesBySlot(field: string): Map<number, string | null>;
}

interface Entry extends OrderPosition {
  slot: number;
}

/**
 * The slots that have the first field, in order; with `isComplete` all slots. Null and missing values come last
 * whatever the direction, as in Backstage; ties, and everything without a field to sort by, stand by ref. Built once
 * and then kept up to date slot by slot.
 */
export class SortOrder {
  readonly fields: readonly OrderField[];
  readonly isComplete: boolean;
  readonly #entries: Entry[];
  #members: Bitmap;
  /** The slots of the entries, for fast walks; made anew at the first walk after a change. */
  #slots: Uint32Array | undefined;
  /** The other way round, made anew in the same way. */
  #ranks: Uint32Array | undefined;

  constructor(fields: readonly OrderField[], source: OrderSource, isComplete = false) {
    this.fields = fields;
    this.isComplete = isComplete;
    const columns = fields.map(({ field }) => source.valuesBySlot(field));
    this.#members = createBitmap(source.capacity);
    this.#entries = [];
    for (const slot of isComplete ? source.liveSlots() : (columns[0]?.keys() ?? [])) {
      this.#entries.push({
        slot,
        ref: source.refOf(slot),
        values: columns.map((column) => column.get(slot) ?? null),
      });
      setBit(this.#members, slot);
    }
    this.#entries.sort((left, right) => this.compare(left, right));
  }

  /** Whether an entity with this value of the first field takes part; undefined for an entity that lacks it. */
  takes(firstValue: string | null | undefined): boolean {
    return this.isComplete || firstValue !== undefined;
  }

  /** Slots that take part; the others have no value to sort by. */
  get members(): Bitmap {
    return this.#members;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Puts a slot in its place; `values` are those of the order's fields, the first one defined. */
  insert(slot: number, position: OrderPosition): void {
    this.#entries.splice(this.indexAfter(position), 0, { slot, ...position });
    this.#forgetWalks();
    if (slot >= this.#members.length * 32) {
      const wider = createBitmap((slot + 1) * 2);
      wider.set(this.#members);
      this.#members = wider;
    }
    setBit(this.#members, slot);
  }

  /** Takes a slot out; `position` is where it stood. */
  remove(slot: number, position: OrderPosition): void {
    const index = this.indexAfter(position, true);
    if (this.#entries[index]?.slot !== slot) return;
    this.#entries.splice(index, 1);
    this.#forgetWalks();
    clearBit(this.#members, slot);
  }

  /** The slots in order. */
  get slots(): Uint32Array {
    this.#slots ??= Uint32Array.from(this.#entries, (entry) => entry.slot);
    return this.#slots;
  }

  /** By slot: its index in the order, for the slots that take part. */
  get ranks(): Uint32Array {
    if (this.#ranks === undefined) {
      const ranks = new Uint32Array(this.#members.length * 32);
      this.slots.forEach((slot, rank) => (ranks[slot] = rank));
      this.#ranks = ranks;
    }
    return this.#ranks;
  }

  positionAt(index: number): OrderPosition | undefined {
    const entry = this.#entries[index];
    return entry && { values: entry.values, ref: entry.ref };
  }

  /** Index of the first entry that stands after `position` (or at it, with `inclusive`). */
  indexAfter(position: OrderPosition, inclusive = false): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      const order = entry ? this.compare(entry, position) : 1;
      if (order < 0 || (order === 0 && !inclusive)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  compare(left: OrderPosition, right: OrderPosition): number {
    for (let index = 0; index < this.fields.length; index += 1) {
      const order = compareValues(
        left.values[index] ?? null,
        right.values[index] ?? null,
        this.fields[index]?.direction === 'desc',
      );
      if (order !== 0) return order;
    }
    return left.ref < right.ref ? -1 : left.ref > right.ref ? 1 : 0;
  }

  #forgetWalks(): void {
    this.#slots = undefined;
    this.#ranks = undefined;
  }
}

function compareValues(left: string | null, right: string | null, isDescending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right !== isDescending ? -1 : 1;
}
