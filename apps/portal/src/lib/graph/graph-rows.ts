import type { GraphNode } from '@waymark/contracts';
import { refLabel } from '../entities/entity-ref.ts';
import { kindWord } from '../entities/kind-words.ts';

/** Columns that the table beside a picture can be ordered by. */
export const rowOrders = ['name', 'kind', 'owner', 'system', 'steps'] as const;
export type RowOrder = (typeof rowOrders)[number];

/** The text of a column, empty where there is none. */
function textOf(node: GraphNode, order: Exclude<RowOrder, 'steps'>): string {
  switch (order) {
    case 'name':
      return node.title ?? refLabel(node.ref);
    case 'kind':
      return kindWord(node.kind);
    case 'owner':
      return node.ownerRef === undefined ? '' : refLabel(node.ownerRef);
    case 'system':
      return node.systemRef === undefined ? '' : refLabel(node.systemRef);
  }
}

/** Nodes in the order of a column; what has nothing there comes last either way. Ties go by steps, then name. */
export function orderedRows(
  nodes: readonly GraphNode[],
  order: RowOrder,
  isDescending: boolean,
): GraphNode[] {
  const sign = isDescending ? -1 : 1;
  return nodes.toSorted((a, b) => {
    const first = order === 'steps' ? sign * (a.depth - b.depth) : compareTexts(a, b, order, sign);
    return first || a.depth - b.depth || textOf(a, 'name').localeCompare(textOf(b, 'name'));
  });
}

function compareTexts(a: GraphNode, b: GraphNode, order: Exclude<RowOrder, 'steps'>, sign: number): number {
  const [left, right] = [textOf(a, order), textOf(b, order)];
  if ((left === '') !== (right === '')) return left === '' ? 1 : -1;
  return sign * left.localeCompare(right);
}
