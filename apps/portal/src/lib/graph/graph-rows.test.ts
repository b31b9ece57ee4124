import { expect, test } from 'vitest';
import type { GraphNode } from '@waymark/contracts';
import { orderedRows } from './graph-rows.ts';
import { relatedGroups, nodeWords } from './graph-words.ts';

function node(name: string, depth: number, ownerRef?: string): GraphNode {
  return {
    ref: `component:default/${name}`,
    kind: 'Component',
    namespace: 'default',
    name,
    depth,
    isMissing: false,
    ...(ownerRef !== undefined && { ownerRef }),
  };
}

const rows = [node('b', 1, 'group:default/zoo'), node('a', 2), node('c', 1, 'group:default/art')];
const names = (nodes: GraphNode[]) => nodes.map(({ name }) => name).join('');

test('rows are ordered by a column either way, and what has nothing there stays last', () => {
  expect(names(orderedRows(rows, 'owner', false))).toBe('cba');
  expect(names(orderedRows(rows, 'owner', true))).toBe('bca');
  expect(names(orderedRows(rows, 'steps', false))).toBe('bca');
  expect(names(orderedRows(rows, 'name', true))).toBe('cba');
});

test('relations are told both ways in the words of each side', () => {
  const edges = [
    { source: 'component:default/a', target: 'component:default/b', type: 'dependsOn' },
    { source: 'component:default/c', target: 'component:default/a', type: 'dependsOn' },
    { source: 'component:default/a', target: 'component:default/c', type: 'guardedBy' },
  ];
  expect(relatedGroups('component:default/a', edges)).toEqual([
    { word: 'Depends on', refs: ['component:default/b'] },
    { word: 'Used by', refs: ['component:default/c'] },
    { word: 'Guarded by', refs: ['component:default/c'] },
  ]);
  expect(nodeWords({ ...node('b', 1), isMissing: true }, edges)).toBe(
    'b, Component, not in the catalog; used by: a',
  );
});
