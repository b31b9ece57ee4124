/** A node that a walk has reached. */
export interface WalkedNode {
  ref: string;
  /** Steps from the nearest root. */
  depth: number;
  /** The node one step nearer that led here, and by which relation; undefined for a root. */
  via: string | undefined;
  viaRelation: string | undefined;
}

/** What a walk found: nearest first, then by ref, the same on every machine. */
export interface Walk {
  nodes: WalkedNode[];
  /** The walk ended early because of `maxNodes`; there are more nodes than it counted. */
  isCut: boolean;
}

export interface WalkLimits {
  maxDepth: number;
  /** Beyond this many nodes no further node is looked at. The neighbours of one node are always complete. */
  maxNodes: number;
}

/** Calls `visit` for each node one step on. */
export type EachNeighbour = (ref: string, visit: (neighbour: string, relation: string) => void) => void;

/**
 * Walks breadth-first from the roots. Each node is found once, on a shortest way; of several, the one
 * by the smallest ref and then the smallest relation counts, so the result does not depend on the
 * order in which neighbours are told.
 */
export function walkBreadthFirst(
  roots: readonly string[],
  eachNeighbour: EachNeighbour,
  { maxDepth, maxNodes }: WalkLimits,
): Walk {
  const found = new Map<string, WalkedNode>();
  for (const ref of roots) found.set(ref, { ref, depth: 0, via: undefined, viaRelation: undefined });
  const nodes = [...found.values()].sort(byRef);
  let level = nodes;
  for (let depth = 1; depth <= maxDepth && level.length > 0; depth += 1) {
    const next: WalkedNode[] = [];
    for (const { ref: via } of level) {
      if (found.size >= maxNodes) return { nodes: [...nodes, ...next.sort(byRef)], isCut: true };
      eachNeighbour(via, (ref, viaRelation) => {
        const known = found.get(ref);
        if (known === undefined) {
          const node = { ref, depth, via, viaRelation };
          found.set(ref, node);
          next.push(node);
        } else if (known.via === via && viaRelation < (known.viaRelation ?? '')) {
          known.viaRelation = viaRelation;
        }
      });
    }
    for (const node of next.sort(byRef)) nodes.push(node);
    level = next;
  }
  return { nodes, isCut: false };
}

function byRef(left: WalkedNode, right: WalkedNode): number {
  return left.ref < right.ref ? -1 : left.ref > right.ref ? 1 : 0;
}
