import type { Fact } from './fact.ts';
import { FactKey } from './fact-key.ts';
import { countBits, createBitmap, eachBit, intersectInto, type Bitmap } from './slot-set.ts';

/**
 * One flattened value of an entity: `key` in lower case, `value` as written. With `isItem` the value
 * is a text of a list, which by the rules of the protocol also means `key.value = true`.
 */
export interface FactEntry {
  key: string;
  value: string | null;
  isItem: boolean;
}

/** Looking at the facts of one slot costs about as much as counting this many values of a key. */
const FEW = 32;

/** The facts of all entities, by key. */
export class FactIndex {
  readonly #keys = new Map<string, FactKey>();
  readonly #columns = new Set<FactKey>();
  /** The inverted facts of each slot, to take them back. */
  readonly #bySlot: Fact<FactKey>[][] = [];

  key(name: string): FactKey | undefined {
    return this.#keys.get(name);
  }

  /** Records the facts of a slot that has none. */
  add(slot: number, entries: readonly FactEntry[]): void {
    const facts: Fact<FactKey>[] = [];
    this.#bySlot[slot] = facts;
    for (const { key: name, value, isItem } of entries) {
      const key = this.#ensureKey(name);
      const fact = isItem && value !== null ? key.addItem(slot, value) : key.addValue(slot, value);
      if (fact) facts.push(fact);
      if (key.wantsColumn) this.#makeColumn(key);
    }
  }

  /** Forgets all facts of a slot. */
  remove(slot: number): void {
    for (const fact of this.#bySlot[slot] ?? []) fact.key.removeFact(slot, fact);
    for (const key of this.#columns) key.removeFromColumn(slot);
    this.#bySlot[slot] = [];
  }

  /** ORs the slots that have the key at all. `a.b.x` also stands for a list `a.b` that holds `x`. */
  uniteExisting(bitmap: Bitmap, name: string): void {
    this.#keys.get(name)?.slots.uniteInto(bitmap);
    this.#uniteListItems(bitmap, name);
  }

  /** ORs the slots whose key has one of the values; all in lower case. */
  uniteEqual(bitmap: Bitmap, name: string, values: readonly string[]): void {
    this.#keys.get(name)?.uniteValues(bitmap, values);
    if (values.includes('true')) this.#uniteListItems(bitmap, name);
  }

  /** ORs the slots whose key has a value that begins with the text; both in lower case. */
  unitePrefix(bitmap: Bitmap, name: string, prefix: string): void {
    this.#keys.get(name)?.unitePrefix(bitmap, prefix);
    if ('true'.startsWith(prefix)) this.#uniteListItems(bitmap, name);
  }

  /** How many slots of `within` have each value of the key. */
  countValues(name: string, within: Bitmap): Map<string, number> {
    const key = this.#keys.get(name);
    const isFew = key !== undefined && countBits(within) * FEW < key.valueCount;
    const counts = isFew
      ? this.#countFromSlots(key, within)
      : (key?.countValues(within) ?? new Map<string, number>());
    const holders = createBitmap(within.length * 32);
    this.#uniteListItems(holders, name);
    intersectInto(holders, within);
    const count = countBits(holders);
    if (count > 0) counts.set('true', (counts.get('true') ?? 0) + count);
    return counts;
  }

  /** The same for few slots: their own facts are looked at instead of all values of the key. */
  #countFromSlots(key: FactKey, within: Bitmap): Map<string, number> {
    const counts = new Map<string, number>();
    const countedFor = new Map<string, number>();
    const count = (value: string | null, slot: number) => {
      // A slot counts once for a value that it has several times.
      if (value === null || countedFor.get(value) === slot) return;
      countedFor.set(value, slot);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    };
    eachBit(within, (slot) => {
      if (key.isColumn) for (const value of key.originalColumnValues(slot)) count(value, slot);
      for (const fact of this.#bySlot[slot] ?? []) if (fact.key === key) count(fact.original, slot);
    });
    return counts;
  }

  /** The smallest value of a key that a slot has, null counting as the greatest; undefined without the key. */
  smallestValue(slot: number, name: string): string | null | undefined {
    let smallest: string | null | undefined;
    for (const fact of this.#bySlot[slot] ?? []) {
      if (fact.key.name === name) smallest = smallerValue(smallest, fact.value);
    }
    for (const value of this.#keys.get(name)?.columnValues(slot) ?? [])
      smallest = smallerValue(smallest, value);
    return smallest;
  }

  /** `a.b.x` for every way to cut it into a list's key and an item. */
  #uniteListItems(bitmap: Bitmap, name: string): void {
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      this.#keys.get(name.slice(0, dot))?.uniteItem(bitmap, name.slice(dot + 1));
    }
  }

  #makeColumn(key: FactKey): void {
    key.becomeColumn();
    this.#columns.add(key);
    // The facts that stood for it are void now; items of lists stay facts. In place, because the
    // list of the slot that is being added is among them.
    for (const facts of this.#bySlot) {
      const kept = facts.filter((fact) => fact.key !== key || key.isItem(fact));
      facts.splice(0, facts.length, ...kept);
    }
  }

  #ensureKey(name: string): FactKey {
    let key = this.#keys.get(name);
    if (!key) {
      key = new FactKey(name);
      this.#keys.set(name, key);
    }
    return key;
  }
}

/** The smaller of two values of one key, null counting as the greatest. */
export function smallerValue(known: string | null | undefined, value: string | null): string | null {
  if (known === undefined || known === null) return value;
  return value !== null && value < known ? value : known;
}
