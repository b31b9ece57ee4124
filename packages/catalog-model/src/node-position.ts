import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { FieldPath, Finding } from './problem.ts';

/** Finds places in the tree of a parsed document. */
export class NodeLocator {
  private readonly root: Node | null;
  /** The pairs of each mapping by key, so that many places in a large mapping are found in linear time. */
  private readonly pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

  constructor(root: Node | null) {
    this.root = root;
  }

  /**
   * The offset of the key or value at a path. When the path does not exist, that of the deepest part that does: where
   * a missing field belongs.
   */
  offsetOf(path: FieldPath, at: Finding['at']): number {
    let node: unknown = this.root;
    let offset = startOf(node);
    for (let depth = 0; depth < path.length; depth++) {
      const isLast = depth === path.length - 1;
      const step = this.stepInto(node, path[depth] ?? '');
      if (step === undefined) return offset;
      const isValueWanted = isLast && at === 'value' && hasText(step.value);
      offset = startOf(isValueWanted ? step.value : (step.key ?? step.value));
      node = step.value;
    }
    return offset;
  }

  private stepInto(node: unknown, key: string): { key?: unknown; value: unknown } | undefined {
    if (isMap(node)) return this.pairsOf(node).get(key);
    if (!isSeq(node)) return undefined;
    const value = node.items[Number(key)];
    return value === undefined ? undefined : { value };
  }

  private pairsOf(map: YAMLMap): Map<string, Pair> {
    let pairs = this.pairs.get(map);
    if (pairs === undefined) {
      pairs = new Map();
      // Of several equal keys the last one stays, whose value counts.
      for (const pair of map.items) {
        if (isScalar(pair.key)) pairs.set(keyText(pair.key.value), pair);
      }
      this.pairs.set(map, pairs);
    }
    return pairs;
  }
}

/** The property name that the scalar value of a key becomes in the value of the document. */
export function keyText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether the value takes room in the text: an empty value has no place of its own to point to. */
function hasText(node: unknown): boolean {
  const range = rangeOf(node);
  return range != null && range[1] > range[0];
}

function startOf(node: unknown): number {
  return rangeOf(node)?.[0] ?? 0;
}

function rangeOf(node: unknown): Node['range'] {
  return isNode(node) ? node.range : undefined;
}
