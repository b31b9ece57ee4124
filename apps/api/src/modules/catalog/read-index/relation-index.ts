import { forwardRelation, reverseRelation } from '@waymark/catalog-model';
import type { EntityRelation } from '@waymark/contracts';
import { Fact } from './fact.ts';
import { countBits, eachBit, hasBit, setBit, SlotSet, type Bitmap } from './slot-set.ts';

/** What the relation index must know about slots and refs. */
export interface SlotNames {
  slotOf(ref: string): number | undefined;
  refOf(slot: number): string;
}

/** Told a forward type and the ref at the other end. */
export type VisitRelation = (type: string, otherRef: string) => void;

/** All declared edges of one type. */
class RelationType {
  readonly name: string;
  readonly lowerName: string;
  /** The type of the same edge seen from its target. */
  readonly reverse: string | undefined;
  /** The forward type of its pair. */
  readonly forward: string;
  /** Slots that declare an edge of the type. */
  readonly slots = new SlotSet();
  /** Target ref → slots that declare an edge to it. */
  readonly targets = new Map<string, Fact<RelationType>>();

  constructor(name: string) {
    this.name = name;
    this.lowerName = name.toLowerCase();
    this.reverse = reverseRelation(name);
    this.forward = forwardRelation(name);
  }
}

/** Looking at the edges of one slot costs about as much as counting this many edges of a type. */
const FEW = 8;

/** One declared edge type and target; its slots are those that declare it. */
type Edge = Fact<RelationType>;

/**
 * Edges between entities. Each edge is kept once, as its document declares it; the other direction
 * of the pair is derived when it is asked for, so nothing has to be rewritten when a target comes,
 * goes or was never there.
 */
export class RelationIndex {
  readonly #names: SlotNames;
  readonly #types = new Map<string, RelationType>();
  readonly #bySlot: Edge[][] = [];

  constructor(names: SlotNames) {
    this.#names = names;
  }

  /** Records the edges that a slot's document declares; it must have none yet. */
  add(slot: number, relations: readonly EntityRelation[]): void {
    this.#bySlot[slot] = relations.map(({ type, targetRef }) => {
      const edge = this.#ensureEdge(type, targetRef);
      edge.add(slot);
      edge.key.slots.add(slot);
      return edge;
    });
  }

  /** Forgets the edges that a slot declares. */
  remove(slot: number): void {
    for (const edge of this.#bySlot[slot] ?? []) {
      edge.delete(slot);
      edge.key.slots.delete(slot);
      if (edge.size === 0) edge.key.targets.delete(targetOf(edge));
    }
    this.#bySlot[slot] = [];
  }

  /** All edges of a slot in both directions, each once, by type and target. */
  outgoing(slot: number): EntityRelation[] {
    const found = new Map<string, EntityRelation>();
    const note = (type: string, targetRef: string) => found.set(`${type} ${targetRef}`, { type, targetRef });
    for (const edge of this.#bySlot[slot] ?? []) note(edge.key.name, targetOf(edge));
    const ref = this.#names.refOf(slot);
    for (const { reverse, targets } of this.#types.values()) {
      if (reverse === undefined) continue;
      targets.get(ref)?.forEach((source) => note(reverse, this.#names.refOf(source)));
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation);
  }

  /**
   * Visits the relations that lead from a ref, in the forward direction of their pairs, with their
   * targets; the ref need not be in the catalog. One that both sides declare comes twice.
   */
  eachFrom(ref: string, visit: VisitRelation): void {
    this.#eachDeclaredBy(ref, (type, targetRef) => {
      if (type.forward === type.name) visit(type.name, targetRef);
    });
    for (const type of this.#types.values()) {
      if (type.forward === type.name) continue;
      type.targets.get(ref)?.forEach((slot) => visit(type.forward, this.#names.refOf(slot)));
    }
  }

  /** The same for the relations that lead to a ref, with their sources. */
  eachTo(ref: string, visit: VisitRelation): void {
    this.#eachDeclaredBy(ref, (type, sourceRef) => {
      if (type.forward !== type.name) visit(type.forward, sourceRef);
    });
    for (const type of this.#types.values()) {
      if (type.forward !== type.name) continue;
      type.targets.get(ref)?.forEach((slot) => visit(type.name, this.#names.refOf(slot)));
    }
  }

  /** ORs the slots that have an edge of `lowerType` to `targetRef` (any target when undefined). */
  uniteInto(bitmap: Bitmap, lowerType: string, targetRef: string | undefined): void {
    for (const type of this.#types.values()) {
      if (type.lowerName === lowerType) {
        if (targetRef === undefined) type.slots.uniteInto(bitmap);
        else type.targets.get(targetRef)?.uniteInto(bitmap);
      }
      if (type.reverse?.toLowerCase() === lowerType) this.#uniteTargets(bitmap, type, targetRef);
    }
  }

  /** How many slots of `within` have an edge of `lowerType` to each target. */
  countByTarget(lowerType: string, within: Bitmap): Map<string, number> {
    let edges = 0;
    for (const type of this.#types.values()) edges += type.slots.size;
    if (countBits(within) * FEW < edges) return this.#countFromSlots(lowerType, within);
    const counts = new Map<string, number>();
    for (const type of this.#types.values()) {
      if (type.lowerName !== lowerType) continue;
      for (const edge of type.targets.values()) {
        const count = edge.countIn(within);
        if (count > 0) counts.set(targetOf(edge), count);
      }
    }
    for (const type of this.#types.values()) {
      if (type.reverse?.toLowerCase() === lowerType) this.#countReverse(type, within, counts);
    }
    return counts;
  }

  /** The same for few slots: their own edges are looked at instead of all edges of the type. */
  #countFromSlots(lowerType: string, within: Bitmap): Map<string, number> {
    const counts = new Map<string, number>();
    const reverseTypes = [...this.#types.values()].filter(
      (type) => type.reverse?.toLowerCase() === lowerType,
    );
    // Both ends may declare an edge, and two types may be one in lower case: it counts once for a slot.
    const countedFor = new Map<string, number>();
    const count = (target: string, slot: number) => {
      if (countedFor.get(target) === slot) return;
      countedFor.set(target, slot);
      counts.set(target, (counts.get(target) ?? 0) + 1);
    };
    eachBit(within, (slot) => {
      for (const edge of this.#bySlot[slot] ?? []) {
        if (edge.key.lowerName === lowerType) count(targetOf(edge), slot);
      }
      for (const type of reverseTypes) {
        type.targets
          .get(this.#names.refOf(slot))
          ?.forEach((source) => count(this.#names.refOf(source), slot));
      }
    });
    return counts;
  }

  #countReverse(type: RelationType, within: Bitmap, counts: Map<string, number>): void {
    for (const edge of type.targets.values()) {
      const slot = this.#names.slotOf(targetOf(edge));
      if (slot === undefined || !hasBit(within, slot)) continue;
      edge.forEach((source) => {
        const ref = this.#names.refOf(source);
        const isDeclaredToo = this.#bySlot[slot]?.some(
          (own) => own.key.name === type.reverse && targetOf(own) === ref,
        );
        if (!isDeclaredToo) counts.set(ref, (counts.get(ref) ?? 0) + 1);
      });
    }
  }

  /** Slots that get an edge from the other side: others declare `type` and point at them. */
  #uniteTargets(bitmap: Bitmap, type: RelationType, targetRef: string | undefined): void {
    const setSlotOf = (ref: string) => {
      const slot = this.#names.slotOf(ref);
      if (slot !== undefined) setBit(bitmap, slot);
    };
    if (targetRef === undefined) {
      for (const ref of type.targets.keys()) setSlotOf(ref);
      return;
    }
    const declarer = this.#names.slotOf(targetRef);
    if (declarer === undefined) return;
    for (const edge of this.#bySlot[declarer] ?? []) if (edge.key === type) setSlotOf(targetOf(edge));
  }

  #eachDeclaredBy(ref: string, visit: (type: RelationType, targetRef: string) => void): void {
    const slot = this.#names.slotOf(ref);
    if (slot === undefined) return;
    for (const edge of this.#bySlot[slot] ?? []) visit(edge.key, targetOf(edge));
  }

  #ensureEdge(typeName: string, targetRef: string): Edge {
    let type = this.#types.get(typeName);
    if (!type) {
      type = new RelationType(typeName);
      this.#types.set(typeName, type);
    }
    let edge = type.targets.get(targetRef);
    if (!edge) {
      edge = new Fact(type, targetRef, null);
      type.targets.set(targetRef, edge);
    }
    return edge;
  }
}

function targetOf(edge: Edge): string {
  return edge.value ?? '';
}
