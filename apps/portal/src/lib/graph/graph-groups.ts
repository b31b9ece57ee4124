import type { GraphNode } from '@waymark/contracts';
import { refLabel } from '../entities/entity-ref.ts';
import type { GraphGrouping } from './graph-search.ts';

/** Entities that are drawn inside one frame. */
export interface GraphGroup {
  id: string;
  /** The system or domain that they share. */
  ref: string;
  label: string;
  members: string[];
}

/**
 * Frames for the nodes of a picture. The system or domain itself stands in its own frame; what belongs
 * to none stays outside. A frame around one thing would only be noise.
 */
export function groupNodes(nodes: readonly GraphNode[], grouping: GraphGrouping): GraphGroup[] {
  if (grouping === 'none') return [];
  const groups = new Map<string, GraphGroup>();
  for (const node of nodes) {
    const ref = groupOf(node, grouping);
    if (ref === undefined) continue;
    const group = groups.get(ref) ?? { id: `group ${ref}`, ref, label: refLabel(ref), members: [] };
    group.members.push(node.ref);
    groups.set(ref, group);
  }
  const titles = new Map(nodes.map(({ ref, title }) => [ref, title]));
  return [...groups.values()]
    .filter(({ members }) => members.length > 1)
    .map((group) => ({ ...group, label: titles.get(group.ref) ?? group.label }));
}

function groupOf(node: GraphNode, grouping: 'system' | 'domain'): string | undefined {
  if (node.kind.toLowerCase() === grouping) return node.ref;
  return grouping === 'system' ? node.systemRef : node.domainRef;
}
