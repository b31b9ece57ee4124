import type { CatalogReadIndex } from '../catalog/index.ts';
import { walkBreadthFirst, type WalkedNode } from './bounded-walk.ts';
import { kindOf } from './ref-kind.ts';

/** An affected entity and the one that leads to it. */
export interface Affected extends WalkedNode {
  via: string;
  viaRelation: string;
}

/** What an outage reaches. */
export interface Impact {
  /** Nearest first, then by ref; all that were counted. */
  affected: Affected[];
  isCountLimited: boolean;
}

/** Who depends on something suffers from it, and so do the parts of a container. */
const CARRIED_TO_SOURCE: ReadonlySet<string> = new Set(['dependsOn', 'consumesApi', 'partOf']);
/** A provider takes its APIs down. */
const CARRIED_TO_TARGET: ReadonlySet<string> = new Set(['providesApi']);

/** People are told of an outage; they do not go down with it. A location is only where a file lies. */
const UNAFFECTED_KINDS: ReadonlySet<string> = new Set(['user', 'group', 'location']);

const MAX_COUNTED_NODES = 20_000;

/** Finds everything that an outage of `ref` reaches within `maxDepth` steps. */
export function findImpact(index: CatalogReadIndex, ref: string, maxDepth: number): Impact {
  const { nodes, isCut } = walkBreadthFirst(
    [ref],
    (from, visit) => {
      const pass = (carriers: ReadonlySet<string>) => (type: string, reached: string) => {
        if (carriers.has(type) && !UNAFFECTED_KINDS.has(kindOf(reached))) visit(reached, type);
      };
      index.eachRelationTo(from, pass(CARRIED_TO_SOURCE));
      index.eachRelationFrom(from, pass(CARRIED_TO_TARGET));
    },
    { maxDepth, maxNodes: MAX_COUNTED_NODES },
  );
  return { affected: nodes.filter(isReached), isCountLimited: isCut };
}

function isReached(node: WalkedNode): node is Affected {
  return node.via !== undefined;
}

/** What one owner has to do with an outage. */
export interface AffectedOwner {
  /** Undefined for what nobody owns. */
  ref: string | undefined;
  affectedCount: number;
  nearestDepth: number;
}

/** The owners of what is affected, with the most affected first; what nobody owns comes as one of them. */
export function countOwners(index: CatalogReadIndex, affected: readonly Affected[]): AffectedOwner[] {
  const owners = new Map<string | undefined, AffectedOwner>();
  for (const { ref, depth } of affected) {
    const refs = ownersOf(index, ref);
    for (const owner of refs.length === 0 ? [undefined] : refs) {
      const known = owners.get(owner);
      // Nearest entities come first, so the first depth is the smallest.
      if (known === undefined) owners.set(owner, { ref: owner, affectedCount: 1, nearestDepth: depth });
      else known.affectedCount += 1;
    }
  }
  return [...owners.values()].sort(
    (left, right) =>
      right.affectedCount - left.affectedCount ||
      left.nearestDepth - right.nearestDepth ||
      ((left.ref ?? '') < (right.ref ?? '') ? -1 : 1),
  );
}

function ownersOf(index: CatalogReadIndex, ref: string): string[] {
  const owners = new Set<string>();
  index.eachRelationFrom(ref, (type, owner) => {
    if (type === 'ownedBy') owners.add(owner);
  });
  return [...owners];
}
