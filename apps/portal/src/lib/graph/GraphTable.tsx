import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconFocusCentered } from '@tabler/icons-react';
import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { numberText, Panel, StatusLabel } from '@waymark/ui';
import { memo, startTransition, useEffect, useMemo, useState } from 'react';
import { refLabel } from '../entities/entity-ref.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { kindWord } from '../entities/kind-words.ts';
import { orderedRows, type RowOrder } from './graph-rows.ts';
import { relatedGroups } from './graph-words.ts';
import styles from './GraphTable.module.css';
import type { Neighbourhood } from './graph.queries.ts';

const columns: [order: RowOrder, label: string][] = [
  ['name', 'Entity'],
  ['kind', 'Kind'],
  ['owner', 'Owner'],
  ['system', 'System'],
  ['steps', 'Steps'],
];

export interface GraphTableProps {
  graph: Neighbourhood;
  selectedRef: string | null;
  onSelect: (ref: string) => void;
}

/** The same things as in the picture, as a table to read, sort and search. */
export const GraphTable = memo(function GraphTable({ graph, selectedRef, onSelect }: GraphTableProps) {
  const [sort, setSort] = useState<{ order: RowOrder; isDescending: boolean }>({
    order: 'steps',
    isDescending: false,
  });
  const rows = useMemo(() => orderedRows(graph.nodes, sort.order, sort.isDescending), [graph.nodes, sort]);
  const drawn = useGrowing(rows.length, rowsPerStep);
  const edgesByRef = useMemo(() => edgesOfEach(graph.edges), [graph.edges]);
  return (
    <Panel title="The same as a table" count={numberText(rows.length)} isFlush>
      {/* Wide rows scroll sideways, so a keyboard must be able to reach the box. */}
      <div
        className={styles.scroll}
        role="region"
        aria-label="Entities in the graph"
        tabIndex={0}
        data-after-graph
      >
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map(([order, label]) => (
                <SortHeader
                  key={order}
                  label={label}
                  direction={sort.order === order ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
                  onSort={() => setSort({ order, isDescending: sort.order === order && !sort.isDescending })}
                />
              ))}
              <th scope="col">Relations</th>
              <th scope="col">
                <span className={styles.unseen}>Select</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, drawn).map((node) => (
              <Row
                key={node.ref}
                node={node}
                edges={edgesByRef.get(node.ref) ?? none}
                isSelected={node.ref === selectedRef}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
});

const none: GraphEdge[] = [];
/** Rows drawn at once: hundreds together would hold the picture beside them for longer than a frame. */
const rowsPerStep = 25;

/** How many of `total` are to be drawn: a step at first, and a step more whenever those before are there. */
function useGrowing(total: number, step: number): number {
  const [count, setCount] = useState(step);
  useEffect(() => {
    if (count < total) startTransition(() => setCount(count + step));
  }, [count, total, step]);
  return Math.min(count, total);
}

function edgesOfEach(edges: readonly GraphEdge[]): Map<string, GraphEdge[]> {
  const byRef = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    for (const ref of new Set([edge.source, edge.target])) {
      const list = byRef.get(ref);
      if (list) list.push(edge);
      else byRef.set(ref, [edge]);
    }
  }
  return byRef;
}

interface SortHeaderProps {
  label: string;
  direction: 'ascending' | 'descending' | 'none';
  onSort: () => void;
}

function SortHeader({ label, direction, onSort }: SortHeaderProps) {
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" className={styles.sort} onClick={onSort}>
        {label}
        {direction !== 'none' && <Arrow size={13} aria-hidden />}
      </button>
    </th>
  );
}

interface RowProps {
  node: GraphNode;
  edges: readonly GraphEdge[];
  isSelected: boolean;
  onSelect: (ref: string) => void;
}

const Row = memo(
  function Row({ node, edges, isSelected, onSelect }: RowProps) {
    const name = node.title ?? refLabel(node.ref);
    return (
      <tr data-selected={isSelected || undefined}>
        <th scope="row" className={styles.name}>
          <EntityLink entityRef={node.ref} hasIcon>
            {name}
          </EntityLink>
          {node.isMissing && <StatusLabel tone="warning">Not in the catalog</StatusLabel>}
        </th>
        <td>{kindWord(node.kind)}</td>
        <td>{node.ownerRef !== undefined && <EntityLink entityRef={node.ownerRef} isQuiet />}</td>
        <td>{node.systemRef !== undefined && <EntityLink entityRef={node.systemRef} isQuiet />}</td>
        <td className={styles.number}>{node.depth}</td>
        <td className={styles.relations}>{relationWords(node.ref, edges)}</td>
        <td>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={`Select ${name} in the graph`}
            onClick={() => onSelect(node.ref)}
          >
            <IconFocusCentered size={15} stroke={1.7} />
          </ActionIcon>
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.node === after.node && before.edges === after.edges && before.isSelected === after.isSelected,
);

const namesShown = 4;

function relationWords(ref: string, edges: readonly GraphEdge[]): string {
  return relatedGroups(ref, edges)
    .map(({ word, refs }) => {
      const names = refs.slice(0, namesShown).map(refLabel).join(', ');
      return `${word} ${names}${refs.length > namesShown ? ` and ${refs.length - namesShown} more` : ''}`;
    })
    .join('; ');
}
