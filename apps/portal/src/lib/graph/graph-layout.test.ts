import ELK from 'elkjs/lib/elk.bundled.js';
import { expect, test } from 'vitest';
import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { groupNodes } from './graph-groups.ts';
import { layoutGraph, nodeSize } from './graph-layout.ts';
import { graphSvg } from './graph-svg.ts';

function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return {
    ref: `component:default/${name}`,
    kind: 'Component',
    namespace: 'default',
    name,
    depth: 1,
    isMissing: false,
    ...more,
  };
}

function dependsOn(source: string, target: string): GraphEdge {
  return { source: `component:default/${source}`, target: `component:default/${target}`, type: 'dependsOn' };
}

const elk = new ELK();
const layout = (task: Parameters<typeof elk.layout>[0]) => elk.layout(task);
const shop = 'system:default/shop';
const graph = {
  rootRefs: ['component:default/web'],
  nodes: [
    node('web', { systemRef: shop, depth: 0 }),
    node('cart', { systemRef: shop }),
    node('mail'),
    node('gone', { isMissing: true }),
  ],
  edges: [
    dependsOn('web', 'cart'),
    dependsOn('cart', 'mail'),
    dependsOn('cart', 'gone'),
    // A circle, a loop and a relation to something outside the picture must not stop the engine.
    dependsOn('mail', 'web'),
    dependsOn('mail', 'mail'),
    dependsOn('mail', 'elsewhere'),
  ],
};

test('every box has a place and no two boxes overlap', async () => {
  const { positions } = await layoutGraph(graph, 'none', layout);
  expect([...positions.keys()].sort()).toEqual(graph.nodes.map(({ ref }) => ref).sort());
  const places = [...positions.values()];
  for (const [index, a] of places.entries()) {
    for (const b of places.slice(index + 1)) {
      const isApart = Math.abs(a.x - b.x) >= nodeSize.width || Math.abs(a.y - b.y) >= nodeSize.height;
      expect(isApart).toBe(true);
    }
  }
});

test('a frame holds its members and nothing else', async () => {
  const { positions, frames } = await layoutGraph(graph, 'system', layout);
  expect(frames.map(({ ref, label }) => [ref, label])).toEqual([[shop, 'shop']]);
  const [frame] = frames;
  if (!frame) throw new Error('There is no frame.');
  const inside = [...positions].filter(
    ([, { x, y }]) =>
      x >= frame.x &&
      y >= frame.y &&
      x + nodeSize.width <= frame.x + frame.width &&
      y + nodeSize.height <= frame.y + frame.height,
  );
  expect(inside.map(([ref]) => ref).sort()).toEqual(['component:default/cart', 'component:default/web']);
});

test('a frame takes in the system itself, and one thing alone gets none', () => {
  const system = { ...node('shop'), ref: shop, kind: 'System', title: 'The shop' };
  const alone = node('mail', { systemRef: 'system:default/post' });
  expect(groupNodes([system, node('web', { systemRef: shop }), alone], 'system')).toEqual([
    { id: `group ${shop}`, ref: shop, label: 'The shop', members: [shop, 'component:default/web'] },
  ]);
  expect(groupNodes([system, alone], 'none')).toEqual([]);
});

const colours = {
  surface: '#fff',
  box: '#fff',
  border: '#ccc',
  line: '#888',
  text: '#000',
  dim: '#555',
  accent: '#44c',
  warning: '#850',
};

test('an exported picture is well-formed whatever entities are called, and marks what is missing', async () => {
  const hostile = node('evil', { title: '<script>alert("x")</script> & \u0000\u001b[2J' });
  const picture = { ...graph, nodes: [...graph.nodes, hostile] };
  const svg = graphSvg(picture, await layoutGraph(picture, 'system', layout), colours);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;alert(');
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  expect(svg).toContain('Not in the catalog');
  expect(svg.match(/<path d="M[^"]+" fill="none"/g)).toHaveLength(5);
  const opened = (svg.match(/<[a-z][^>]*>/g) ?? []).filter((tag) => !tag.endsWith('/>'));
  expect(opened).toHaveLength(svg.match(/<\/[a-z]+>/g)?.length ?? 0);
});
