import { reverseRelation } from '@waymark/catalog-model';
import type { GraphEdge } from '@waymark/contracts';
import type { CatalogReadIndex } from '../catalog/index.ts';
import { walkBreadthFirst, type EachNeighbour, type WalkedNode } from './bounded-walk.ts';
import { kindOf } from './ref-kind.ts';

/** What to walk to; kinds and relations in any case, relations by either name of their pair. */
export interface NeighbourhoodOptions {
  rootRefs: readonly string[];
  depth: number;
  /** None, or an empty list, for all. */
  kinds?: readonly string[] | undefined;
  /** None, or an empty list, for all. */
  relations?: readonly string[] | undefined;
  direction: 'both' | 'forward' | 'backward';
  /** Nodes that are kept; the rest is counted. */
  limit: number;
}

/** The nearest nodes around the roots and the relations between them. */
export interface Neighbourhood {
  nodes: WalkedNode[];
  edges: GraphEdge[];
  totalNodes: number;
  /** Lower-case kind → nodes that were counted and not kept. */
  omitted: ReadonlyMap<string, number>;
  isCountLimited: boolean;
}

/** What a walk looks at in the end, so that the largest hub costs milliseconds. */
const MAX_COUNTED_NODES = 20_000;

/**
 * Walks around the roots. A node of a kind that is not asked for is neither shown nor walked through;
 * roots are always shown. Between the nodes that are kept, every relation of the asked types is told.
 */
export function findNeighbourhood(index: CatalogReadIndex, options: NeighbourhoodOptions): Neighbourhood {
  const { rootRefs, depth, direction, limit } = options;
  const kinds = lowerCaseSet(options.kinds);
  const types = lowerCaseSet(options.relations);
  // The other name of a pair means the same relation.
  const isFollowed = (type: string) =>
    types === undefined ||
    types.has(type.toLowerCase()) ||
    types.has(reverseRelation(type)?.toLowerCase() ?? '');
  const eachNeighbour: EachNeighbour = (ref, visit) => {
    const pass = (type: string, neighbour: string) => {
      if (isFollowed(type) && (kinds?.has(kindOf(neighbour)) ?? true)) visit(neighbour, type);
    };
    if (direction !== 'backward') index.eachRelationFrom(ref, pass);
    if (direction !== 'forward') index.eachRelationTo(ref, pass);
  };
  const maxNodes = Math.max(MAX_COUNTED_NODES, limit);
  const walk = walkBreadthFirst(rootRefs, eachNeighbour, { maxDepth: depth, maxNodes });
  const nodes = walk.nodes.slice(0, Math.max(limit, rootRefs.length));
  return {
    nodes,
    edges: edgesBetween(index, nodes, isFollowed),
    totalNodes: walk.nodes.length,
    omitted: countKinds(walk.nodes.slice(nodes.length)),
    isCountLimited: walk.isCut,
  };
}

function lowerCaseSet(words: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return words?.length ? new Set(words.map((word) => word.toLowerCase())) : undefined;
}

function edgesBetween(
  index: CatalogReadIndex,
  nodes: readonly WalkedNode[],
  isFollowed: (type: string) => boolean,
): GraphEdge[] {
  const kept = new Set(nodes.map(({ ref }) => ref));
  const edges = new Map<string, GraphEdge>();
  for (const { ref: source } of nodes) {
    index.eachRelationFrom(source, (type, target) => {
      if (kept.has(target) && isFollowed(type))
        edges.set(`${source} ${type} ${target}`, { source, target, type });
    });
  }
  return [...edges].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, edge]) => edge);
}

function countKinds(nodes: readonly WalkedNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ref } of nodes) counts.set(kindOf(ref), (counts.get(kindOf(ref)) ?? 0) + 1);
  return counts;
}
