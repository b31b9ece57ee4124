import type { PartialEntity } from '@waymark/contracts';
import { entityRefOf, entityTitle, parseRef, specRef, stringifyRef } from '../entities/entity-ref.ts';

/** A group in the tree of all groups. */
export interface GroupNode {
  ref: string;
  entity: PartialEntity;
  parentRefs: string[];
  childRefs: string[];
}

/** A row of the tree when it is written down from top to bottom. */
export interface GroupRow {
  node: GroupNode;
  /** 0 for a group without a parent. */
  depth: number;
}

/** All groups of a company by reference, with the edges that either side declares. */
export type GroupTree = ReadonlyMap<string, GroupNode>;

/**
 * Puts groups together by `spec.parent` and `spec.children`: one side is enough. Edges to groups that the
 * catalog does not have, and from a group to itself, are left out.
 */
export function buildGroupTree(groups: readonly PartialEntity[]): GroupTree {
  const tree = new Map<string, GroupNode>();
  for (const entity of groups) {
    const ref = entityRefOf(entity);
    tree.set(ref, { ref, entity, parentRefs: [], childRefs: [] });
  }
  const link = (parentRef: string, childRef: string) => {
    const parent = tree.get(parentRef);
    const child = tree.get(childRef);
    if (!parent || !child || parent === child || parent.childRefs.includes(childRef)) return;
    parent.childRefs.push(childRef);
    child.parentRefs.push(parentRef);
  };
  for (const { ref, entity } of tree.values()) {
    const parent = specRef(entity, 'parent', 'group');
    if (parent !== undefined) link(parent, ref);
    for (const child of childrenOf(entity)) link(ref, child);
  }
  for (const node of tree.values()) node.childRefs.sort(byTitle(tree));
  return tree;
}

/** The group and everything below it, each once, nearest first. Groups that are each other's parents end it. */
export function groupsBelow(tree: GroupTree, ref: string): string[] {
  const seen = new Set([ref]);
  // The set grows while it is walked.
  for (const each of seen) for (const child of tree.get(each)?.childRefs ?? []) seen.add(child);
  return [...seen];
}

/**
 * The tree from top to bottom, children by title under their parent. A group with two parents stands under the
 * first; groups that are only each other's parents stand at the top, so that every group is there once.
 */
export function treeRows(tree: GroupTree): GroupRow[] {
  const rows: GroupRow[] = [];
  const placed = new Set<string>();
  const place = (node: GroupNode, depth: number) => {
    if (placed.has(node.ref)) return;
    placed.add(node.ref);
    rows.push({ node, depth });
    for (const child of node.childRefs) {
      const childNode = tree.get(child);
      if (childNode) place(childNode, depth + 1);
    }
  };
  const nodes = [...tree.values()].sort((a, b) => byTitle(tree)(a.ref, b.ref));
  for (const node of nodes) if (node.parentRefs.length === 0) place(node, 0);
  for (const node of nodes) place(node, 0);
  return rows;
}

/** Sum of the counts of a group and of everything below it. */
export function countBelow(tree: GroupTree, ref: string, counts: ReadonlyMap<string, number>): number {
  return groupsBelow(tree, ref).reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
}

function childrenOf(entity: PartialEntity): string[] {
  const children = entity.spec?.['children'];
  if (!Array.isArray(children)) return [];
  const namespace = entity.metadata?.namespace;
  return children
    .filter((child): child is string => typeof child === 'string' && child !== '')
    .map((child) => stringifyRef(parseRef(child, { kind: 'group', ...(namespace ? { namespace } : {}) })));
}

function byTitle(tree: GroupTree) {
  const title = (ref: string) => {
    const node = tree.get(ref);
    return node ? entityTitle(node.entity) : ref;
  };
  return (a: string, b: string) => title(a).localeCompare(title(b)) || (a < b ? -1 : 1);
}
