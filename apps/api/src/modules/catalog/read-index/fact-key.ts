import { Fact } from './fact.ts';
import { hasBit, setBit, SlotSet, type Bitmap } from './slot-set.ts';
import type { TextEntry } from './text-column.ts';

/** With more distinct values than this, and mostly one slot each, a key is kept by slot instead of by value. */
const MIN_COLUMN_VALUES = 2_000;

/** What one slot has of a key: a value, several, or nothing. */
type ColumnCell = string | null | (string | null)[] | undefined;

/**
 * All values of one key. Keys whose values recur (kind, type, owner) are inverted: value → slots.
 * Keys whose values are mostly unique (name, description) would waste a map entry on each slot; they
 * are kept as a column: slot → values, and scanned.
 */
export class FactKey {
  readonly name: string;
  /** Every slot that has the key. */
  readonly slots = new SlotSet();
  /** Grows with every change of the distinct values: what text columns are built from. */
  revision = 0;
  readonly #facts = new Map<string | null, Fact<FactKey>>();
  /** Texts that stood in a list: `a.b = x` as well as `a.b.x = true`. */
  readonly #items = new Map<string, Fact<FactKey>>();
  /** Values as written; several where the key stands below a list. */
  #column: ColumnCell[] | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get isColumn(): boolean {
    return this.#column !== undefined;
  }

  /** True when the inverted form has become a waste. */
  get wantsColumn(): boolean {
    return !this.#column && this.#facts.size > MIN_COLUMN_VALUES && this.#facts.size * 2 > this.slots.size;
  }

  /** Adds a scalar value; the fact to take it back with, or undefined for a column. */
  addValue(slot: number, original: string | null): Fact<FactKey> | undefined {
    this.slots.add(slot);
    if (!this.#column)
      return this.#addTo(this.#facts, slot, original === null ? null : original.toLowerCase(), original);
    addToCell(this.#column, slot, original);
    this.revision += 1;
    return undefined;
  }

  /** Adds a text of a list. */
  addItem(slot: number, original: string): Fact<FactKey> {
    this.slots.add(slot);
    return this.#addTo(this.#items, slot, original.toLowerCase(), original);
  }

  /** True for a fact that stands for a text of a list. */
  isItem(fact: Fact<FactKey>): boolean {
    return fact.value !== null && this.#items.get(fact.value) === fact;
  }

  /** Takes a fact of a slot back. */
  removeFact(slot: number, fact: Fact<FactKey>): void {
    fact.delete(slot);
    this.slots.delete(slot);
    if (fact.size > 0) return;
    if (this.#facts.get(fact.value) === fact) this.#facts.delete(fact.value);
    else if (fact.value !== null && this.#items.get(fact.value) === fact) this.#items.delete(fact.value);
    this.revision += 1;
  }

  /** Takes the values of a slot out of the column. */
  removeFromColumn(slot: number): void {
    if (this.#column?.[slot] === undefined) return;
    this.#column[slot] = undefined;
    this.slots.delete(slot);
    this.revision += 1;
  }

  becomeColumn(): void {
    const column: ColumnCell[] = [];
    for (const fact of this.#facts.values()) {
      fact.forEach((slot) => addToCell(column, slot, fact.original));
    }
    this.#facts.clear();
    this.#column = column;
  }

  /** ORs the slots whose key has one of the values (lower case), as a scalar or in a list. */
  uniteValues(bitmap: Bitmap, values: readonly string[]): void {
    for (const value of values) {
      this.#items.get(value)?.uniteInto(bitmap);
      this.#facts.get(value)?.uniteInto(bitmap);
    }
    if (!this.#column) return;
    const wanted = new Set(values);
    this.#eachColumnValue((slot, original) => {
      if (original !== null && wanted.has(original.toLowerCase())) setBit(bitmap, slot);
    });
  }

  /** ORs the slots whose key has a value that begins with the text (lower case). */
  unitePrefix(bitmap: Bitmap, prefix: string): void {
    for (const facts of [this.#facts, this.#items]) {
      for (const fact of facts.values()) if (fact.value?.startsWith(prefix)) fact.uniteInto(bitmap);
    }
    this.#eachColumnValue((slot, original) => {
      if (original?.toLowerCase().startsWith(prefix)) setBit(bitmap, slot);
    });
  }

  /** ORs the slots that have the text (lower case) in a list. */
  uniteItem(bitmap: Bitmap, value: string): void {
    this.#items.get(value)?.uniteInto(bitmap);
  }

  /** How many slots of `within` have each value, by the value as it was first written. */
  countValues(within: Bitmap): Map<string, number> {
    const counts = new Map<string, number>();
    const add = (value: string, count: number) => counts.set(value, (counts.get(value) ?? 0) + count);
    for (const facts of [this.#facts, this.#items]) {
      for (const fact of facts.values()) {
        const count = fact.original === null ? 0 : fact.countIn(within);
        if (count > 0 && fact.original !== null) add(fact.original, count);
      }
    }
    this.#eachColumnValue((slot, original) => {
      if (original !== null && hasBit(within, slot)) add(original, 1);
    });
    return counts;
  }

  /** Every value in lower case with its slots, for text search. */
  textEntries(): TextEntry[] {
    const entries: TextEntry[] = [];
    for (const facts of [this.#facts, this.#items]) {
      for (const fact of facts.values()) {
        if (fact.value !== null) entries.push({ text: fact.value, slots: fact });
      }
    }
    this.#eachColumnValue((slot, original) => {
      if (original !== null) entries.push({ text: original.toLowerCase(), slots: slot });
    });
    return entries;
  }

  /** Visits each value in lower case with each slot that has it. */
  eachValue(visit: (slot: number, value: string | null) => void): void {
    for (const facts of [this.#facts, this.#items]) {
      for (const fact of facts.values()) fact.forEach((slot) => visit(slot, fact.value));
    }
    this.#eachColumnValue((slot, original) => visit(slot, original === null ? null : original.toLowerCase()));
  }

  /** How many values there are to look at when all are counted. */
  get valueCount(): number {
    return this.#facts.size + this.#items.size + (this.#column?.length ?? 0);
  }

  /** The values of one slot in the column, as written. */
  originalColumnValues(slot: number): (string | null)[] {
    const values = this.#column?.[slot];
    return values === undefined ? [] : Array.isArray(values) ? values : [values];
  }

  /** The values of one slot in the column, in lower case. */
  columnValues(slot: number): (string | null)[] {
    return this.originalColumnValues(slot).map((value) => (value === null ? null : value.toLowerCase()));
  }

  #addTo<Value extends string | null>(
    facts: Map<Value, Fact<FactKey>>,
    slot: number,
    value: Value,
    original: string | null,
  ): Fact<FactKey> {
    let fact = facts.get(value);
    if (!fact) {
      fact = new Fact(this, value, original);
      facts.set(value, fact);
      this.revision += 1;
    }
    fact.add(slot);
    return fact;
  }

  #eachColumnValue(visit: (slot: number, original: string | null) => void): void {
    this.#column?.forEach((values, slot) => {
      if (Array.isArray(values)) for (const value of values) visit(slot, value);
      else if (values !== undefined) visit(slot, values);
    });
  }
}

/** Adds a value to a cell, once. */
function addToCell(column: ColumnCell[], slot: number, value: string | null): void {
  const known = column[slot];
  if (known === undefined) column[slot] = value;
  else if (!Array.isArray(known)) column[slot] = known === value ? known : [known, value];
  else if (!known.includes(value)) column[slot] = [...known, value];
}
