import type { EntityRelation } from '@waymark/contracts';
import { LRUCache } from 'lru-cache';
import type { FactEntry } from './fact-index.ts';
import type { FilterSet } from './filter.ts';
import { PathIndex } from './path-index.ts';
import { predicateOfFilters, type Condition, type Predicate } from './predicate.ts';
import type { VisitRelation } from './relation-index.ts';
import { SearchIndex, type SearchMatches } from './search-index.ts';
import type { SearchWord } from './search-words.ts';
import {
  clearBit,
  createBitmap,
  intersectInto,
  setBit,
  subtractFrom,
  uniteInto,
  type Bitmap,
} from './slot-set.ts';
import { SortOrder, type OrderField, type OrderPosition } from './sort-order.ts';

/** An entity as the index takes it in: everything that queries look at. */
export interface IndexedEntity {
  /** Row id of the entity. */
  id: number;
  ref: string;
  /** Catalog version in which the entity or one of its edges last changed. */
  version: number;
  uid: string;
  facts: readonly FactEntry[];
  /** Edges that the entity's document declares. */
  relations: readonly EntityRelation[];
  /** What a search finds it by; none in an index that is not searched. */
  searchWords?: readonly SearchWord[];
}

/** What is kept of an entity as it is. */
type EntityEntry = Omit<IndexedEntity, 'facts' | 'relations' | 'searchWords'>;

/** A change of the catalog to apply at once. */
export interface IndexChange {
  /** The version that the index shows afterwards. */
  version: number;
  upserts: readonly IndexedEntity[];
  /** Row ids that went or no longer hold their ref. */
  removals: readonly number[];
}

/** Without an order, entities stand by uid, as in Backstage. */
export const UID_ORDER: readonly OrderField[] = [{ field: 'metadata.uid', direction: 'asc' }];

/** Sort orders kept ready; the portal uses about six. */
const MAX_SORT_ORDERS = 12;
/** Above this many changes at once, sort orders are dropped and built again at their next use. */
const MAX_ORDER_MOVES = 500;

/**
 * The catalog in memory, made for the questions that SQL is slow at: filters, totals, facets, order
 * and text over everything. It holds no documents. One writer applies changes between queries; a
 * query runs to its end without yielding, so it never sees half a change.
 */
export class CatalogReadIndex {
  version = 0;
  readonly #paths: PathIndex;
  readonly #search = new SearchIndex();
  readonly #slotByRef = new Map<string, number>();
  readonly #slotById = new Map<number, number>();
  readonly #entities: (EntityEntry | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  #live = createBitmap(64);
  readonly #orders = new LRUCache<string, SortOrder>({ max: MAX_SORT_ORDERS });

  constructor() {
    this.#paths = new PathIndex(this);
  }

  get size(): number {
    return this.#slotByRef.size;
  }

  /** Every slot that holds an entity. */
  get live(): Bitmap {
    return this.#live;
  }

  /** Bits that a bitmap over all slots needs. */
  get capacity(): number {
    return this.#entities.length;
  }

  /** All refs, in no order that means anything. */
  refs(): Iterable<string> {
    return this.#slotByRef.keys();
  }

  slotOf(ref: string): number | undefined {
    return this.#slotByRef.get(ref);
  }

  /** The slot of the entity with this uid, found in the order that is the default of pages and so at hand. */
  slotOfUid(uid: string): number | undefined {
    const order = this.order(UID_ORDER);
    const index = order.indexAfter({ values: [uid.toLowerCase()], ref: '' }, true);
    return order.positionAt(index)?.values[0] === uid.toLowerCase() ? order.slots[index] : undefined;
  }

  /** Every slot that holds an entity. */
  liveSlots(): Iterable<number> {
    return this.#slotByRef.values();
  }

  refOf(slot: number): string {
    return this.#entities[slot]?.ref ?? '';
  }

  entityAt(slot: number): EntityEntry | undefined {
    return this.#entities[slot];
  }

  relationsOf(slot: number): EntityRelation[] {
    return this.#paths.relationsOf(slot);
  }

  /**
   * Visits the relations that lead from a ref, in the forward direction of their pairs, with their
   * targets; the ref need not be in the catalog. One that both sides declare comes twice.
   */
  eachRelationFrom(ref: string, visit: VisitRelation): void {
    this.#paths.eachRelationFrom(ref, visit);
  }

  /** The same for the relations that lead to a ref, with their sources. */
  eachRelationTo(ref: string, visit: VisitRelation): void {
    this.#paths.eachRelationTo(ref, visit);
  }

  /** Applies a change. Removals first: a ref may pass from one row to another. */
  apply({ version, upserts, removals }: IndexChange): void {
    // After a large change sorting again is cheaper than moving entries one by one.
    if (upserts.length + removals.length > MAX_ORDER_MOVES) this.#orders.clear();
    for (const id of removals) this.#remove(id);
    for (const entity of upserts) this.#remove(entity.id);
    for (const entity of upserts) this.#add(entity);
    this.version = version;
  }

  /** Slots that match any of the sets (all when there is none), as a bitmap of the caller's own. */
  filter(sets: readonly FilterSet[]): Bitmap {
    return this.match(predicateOfFilters(sets));
  }

  /** Slots that a predicate holds for, as a bitmap of the caller's own. */
  match(predicate: Predicate): Bitmap {
    if ('all' in predicate) {
      const result = this.#live.slice();
      for (const part of predicate.all) intersectInto(result, this.match(part));
      return result;
    }
    if ('any' in predicate) {
      const result = createBitmap(this.capacity);
      for (const part of predicate.any) uniteInto(result, this.match(part));
      return result;
    }
    return 'not' in predicate ? this.#complement(this.match(predicate.not)) : this.#matchCondition(predicate);
  }

  /** Keeps in `bitmap` the slots with `term` in one of the fields. */
  filterByText(bitmap: Bitmap, term: string, fields: readonly string[]): void {
    const needle = term.trim().toLowerCase();
    if (needle === '') return;
    const matches = createBitmap(this.capacity);
    // A line break separates the values in a text column, so no value can hold the term.
    if (!needle.includes('\n')) {
      for (const field of fields) this.#paths.uniteText(matches, field, needle);
    }
    intersectInto(bitmap, matches);
  }

  /** Entities that have every word of a term in some field, as a whole, as a part or nearly. */
  search(term: string): SearchMatches {
    return this.#search.search(term, this.capacity);
  }

  /**
   * The sort order for the fields, built at its first use and kept up to date from then on. Without
   * `isComplete` it leaves out the slots that lack the first field.
   */
  order(fields: readonly OrderField[], { isComplete = false } = {}): SortOrder {
    const key = JSON.stringify([isComplete, ...fields.map(({ field, direction }) => [field, direction])]);
    const order = this.#orders.get(key) ?? new SortOrder(fields, this, isComplete);
    this.#orders.set(key, order);
    return order;
  }

  /** Values of a path with the number of slots of `within` that have each, most frequent first. */
  facet(path: string, within: Bitmap): { value: string; count: number }[] {
    return this.#paths.facet(path, within);
  }

  /** Smallest value of a key for each slot that has it; part of what a sort order is built from. */
  valuesBySlot(field: string): Map<number, string | null> {
    return this.#paths.valuesBySlot(field);
  }

  #matchCondition(condition: Condition): Bitmap {
    const result = createBitmap(this.capacity);
    this.#paths.unite(result, condition);
    return 'exists' in condition && !condition.exists ? this.#complement(result) : result;
  }

  #complement(bitmap: Bitmap): Bitmap {
    const result = this.#live.slice();
    subtractFrom(result, bitmap);
    return result;
  }

  #add({ facts, relations, searchWords = [], ...entity }: IndexedEntity): void {
    const slot = this.#freeSlots.pop() ?? this.#entities.length;
    this.#entities[slot] = entity;
    this.#slotByRef.set(entity.ref, slot);
    this.#slotById.set(entity.id, slot);
    if (slot >= this.#live.length * 32) {
      const wider = createBitmap(this.#live.length * 64);
      wider.set(this.#live);
      this.#live = wider;
    }
    setBit(this.#live, slot);
    this.#paths.add(slot, facts, relations);
    this.#search.add(slot, searchWords);
    this.#eachOrder(slot, (order, position) => order.insert(slot, position));
  }

  #remove(id: number): void {
    const slot = this.#slotById.get(id);
    if (slot === undefined) return;
    const ref = this.refOf(slot);
    this.#eachOrder(slot, (order, position) => order.remove(slot, position));
    this.#paths.remove(slot);
    this.#search.remove(slot);
    if (this.#slotByRef.get(ref) === slot) this.#slotByRef.delete(ref);
    this.#slotById.delete(id);
    this.#entities[slot] = undefined;
    clearBit(this.#live, slot);
    this.#freeSlots.push(slot);
  }

  /** Visits the sort orders that a slot takes part in, with its place in each. */
  #eachOrder(slot: number, visit: (order: SortOrder, position: OrderPosition) => void): void {
    for (const order of this.#orders.values()) {
      const values = order.fields.map(({ field }) => this.#paths.smallestValue(slot, field));
      if (!order.takes(values[0])) continue;
      visit(order, { values: values.map((value) => value ?? null), ref: this.refOf(slot) });
    }
  }
}
