import type { ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { groupNodes, type GraphGroup } from './graph-groups.ts';
import type { GraphGrouping } from './graph-search.ts';

/** Measures of a box in pixels; the layout, the picture and the export agree on them. */
export const nodeSize = { width: 196, height: 46 } as const;
const frameHeadHeight = 30;
const framePadding = 14;

/** A rectangle of the picture, from its upper left corner. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where everything of a picture stands. */
export interface GraphLayout {
  /** Upper left corners by reference. */
  positions: ReadonlyMap<string, { x: number; y: number }>;
  frames: (GraphGroup & Rectangle)[];
  width: number;
  height: number;
}

const options: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '18',
  'elk.layered.spacing.nodeNodeBetweenLayers': '92',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.spacing.componentComponent': '40',
  // Curves are drawn from box to box: routing of lines by the engine would be thrown away.
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  // Beyond a few rounds the crossings hardly get fewer and 200 boxes take seconds.
  'elk.layered.thoroughness': '4',
  'elk.randomSeed': '1',
};

/** The task for the layout engine: boxes, frames around them, and what connects them. */
export function layoutTask(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  groups: readonly GraphGroup[],
): ElkNode {
  const frameOf = new Map(groups.flatMap(({ id, members }) => members.map((ref) => [ref, id])));
  const box = (ref: string): ElkNode => ({ id: ref, ...nodeSize });
  const known = new Set(nodes.map(({ ref }) => ref));
  return {
    id: 'picture',
    layoutOptions: { ...options, ...(groups.length > 0 && { 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' }) },
    children: [
      ...groups.map(({ id, members }) => ({
        id,
        layoutOptions: {
          'elk.padding': `[top=${frameHeadHeight},left=${framePadding},bottom=${framePadding},right=${framePadding}]`,
        },
        children: members.map(box),
      })),
      ...nodes.filter(({ ref }) => !frameOf.has(ref)).map(({ ref }) => box(ref)),
    ],
    edges: edges
      .filter(({ source, target }) => source !== target && known.has(source) && known.has(target))
      .map(({ source, target, type }) => ({
        id: `${source} ${type} ${target}`,
        sources: [source],
        targets: [target],
      })),
  };
}

/** Reads the engine's answer, with places inside frames counted from the picture's corner. */
export function readLayout(answer: ElkNode, groups: readonly GraphGroup[]): GraphLayout {
  const groupById = new Map(groups.map((group) => [group.id, group]));
  const positions = new Map<string, { x: number; y: number }>();
  const frames: GraphLayout['frames'] = [];
  for (const { id, x = 0, y = 0, width = 0, height = 0, children = [] } of answer.children ?? []) {
    const group = groupById.get(id);
    if (!group) {
      positions.set(id, { x, y });
      continue;
    }
    frames.push({ ...group, x, y, width, height });
    for (const child of children) positions.set(child.id, { x: x + (child.x ?? 0), y: y + (child.y ?? 0) });
  }
  return { positions, frames, width: answer.width ?? 0, height: answer.height ?? 0 };
}

/** Lays a picture out with the given engine. */
export async function layoutGraph(
  graph: { nodes: readonly GraphNode[]; edges: readonly GraphEdge[] },
  grouping: GraphGrouping,
  layout: (task: ElkNode) => Promise<ElkNode>,
): Promise<GraphLayout> {
  const groups = groupNodes(graph.nodes, grouping);
  return readLayout(await layout(layoutTask(graph.nodes, graph.edges, groups)), groups);
}
