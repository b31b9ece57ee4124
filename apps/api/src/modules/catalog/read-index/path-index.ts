import type { EntityRelation } from '@waymark/contracts';
import { LRUCache } from 'lru-cache';
import { FactIndex, smallerValue, type FactEntry } from './fact-index.ts';
import type { Condition } from './predicate.ts';
import { RelationIndex, type SlotNames, type VisitRelation } from './relation-index.ts';
import type { Bitmap } from './slot-set.ts';
import { TextColumn } from './text-column.ts';

const RELATION_PREFIX = 'relations.';
/** Text columns kept ready; each is as long as all the values of its key. */
const MAX_TEXT_COLUMNS = 24;

/** What the index of paths must know about slots. */
export interface PathSlots extends SlotNames {
  /** Every slot that holds an entity. */
  readonly live: Bitmap;
}

/**
 * Everything that is asked by a path: `relations.<type>` stands for the edges of a type, every other path for the
 * facts of documents.
 */
export class PathIndex {
  readonly #slots: PathSlots;
  readonly #facts = new FactIndex();
  readonly #relations: RelationIndex;
  readonly #textColumns = new LRUCache<string, TextColumn>({ max: MAX_TEXT_COLUMNS });

  constructor(slots: PathSlots) {
    this.#slots = slots;
    this.#relations = new RelationIndex(slots);
  }

  add(slot: number, facts: readonly FactEntry[], relations: readonly EntityRelation[]): void {
    this.#facts.add(slot, facts);
    this.#relations.add(slot, relations);
  }

  remove(slot: number): void {
    this.#facts.remove(slot);
    this.#relations.remove(slot);
  }

  relationsOf(slot: number): EntityRelation[] {
    return this.#relations.outgoing(slot);
  }

  eachRelationFrom(ref: string, visit: VisitRelation): void {
    this.#relations.eachFrom(ref, visit);
  }

  eachRelationTo(ref: string, visit: VisitRelation): void {
    this.#relations.eachTo(ref, visit);
  }

  /** ORs the slots that a condition holds for; those that have its key at all, where it does not say more. */
  unite(bitmap: Bitmap, condition: Condition): void {
    const type = relationType(condition.key);
    if (type !== undefined) this.#uniteRelation(bitmap, type, condition);
    else if ('equals' in condition) this.#facts.uniteEqual(bitmap, condition.key, condition.equals);
    else if ('prefix' in condition) this.#facts.unitePrefix(bitmap, condition.key, condition.prefix);
    else this.#facts.uniteExisting(bitmap, condition.key);
  }

  /** ORs the slots with a text (lower case, without line breaks) in a value of the path. */
  uniteText(bitmap: Bitmap, path: string, needle: string): void {
    const field = path.toLowerCase();
    const type = relationType(field);
    if (type !== undefined) {
      this.#uniteTargets(bitmap, type, (target) => target.includes(needle));
      return;
    }
    const key = this.#facts.key(field);
    if (!key) return;
    let column = this.#textColumns.get(field);
    if (column?.revision !== key.revision) {
      column = new TextColumn(key.textEntries(), key.revision);
      this.#textColumns.set(field, column);
    }
    column.uniteMatches(bitmap, needle);
  }

  /** Values of a path with the number of slots of `within` that have each, most frequent first. */
  facet(path: string, within: Bitmap): { value: string; count: number }[] {
    const key = path.toLowerCase();
    const type = relationType(key);
    const counts =
      type === undefined ? this.#facts.countValues(key, within) : this.#relations.countByTarget(type, within);
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
  }

  /** The smallest value of a key that a slot has, null counting as the greatest; undefined without the key. */
  smallestValue(slot: number, key: string): string | null | undefined {
    return this.#facts.smallestValue(slot, key);
  }

  /** The same for each slot that has the key. */
  valuesBySlot(key: string): Map<number, string | null> {
    const values = new Map<number, string | null>();
    this.#facts.key(key)?.eachValue((slot, value) => {
      values.set(slot, smallerValue(values.get(slot), value));
    });
    return values;
  }

  #uniteRelation(bitmap: Bitmap, type: string, condition: Condition): void {
    if ('equals' in condition) {
      for (const target of condition.equals) this.#relations.uniteInto(bitmap, type, target);
    } else if ('prefix' in condition) {
      this.#uniteTargets(bitmap, type, (target) => target.startsWith(condition.prefix));
    } else {
      this.#relations.uniteInto(bitmap, type, undefined);
    }
  }

  #uniteTargets(bitmap: Bitmap, type: string, isWanted: (targetRef: string) => boolean): void {
    for (const target of this.#relations.countByTarget(type, this.#slots.live).keys()) {
      if (isWanted(target)) this.#relations.uniteInto(bitmap, type, target);
    }
  }
}

/** The type behind `relations.<type>`; undefined for a path of documents. */
function relationType(key: string): string | undefined {
  return key.startsWith(RELATION_PREFIX) ? key.slice(RELATION_PREFIX.length) : undefined;
}
