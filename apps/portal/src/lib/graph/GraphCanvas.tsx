import '@xyflow/react/dist/base.css';
import {
  MarkerType,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type Node,
  type NodeHandle,
  type NodeTypes,
} from '@xyflow/react';
import { useReducedMotion } from '@mantine/hooks';
import type { GraphEdge } from '@waymark/contracts';
import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { inSentence, relationWord } from '../entities/relation-words.ts';
import { CanvasControls } from './CanvasControls.tsx';
import { EntityBox, entityBoxId, FrameBox, type EntityBoxNode, type FrameBoxNode } from './CanvasBoxes.tsx';
import styles from './GraphCanvas.module.css';
import { nodeSize, type GraphLayout } from './graph-layout.ts';
import { nextInGraph, type GraphStep } from './graph-steps.ts';
import type { Neighbourhood } from './graph.queries.ts';
import { nodeWords } from './graph-words.ts';

export interface GraphCanvasProps {
  graph: Neighbourhood;
  layout: GraphLayout;
  selectedRef: string | undefined;
  onSelect: (ref: string | null) => void;
  onCentre: (ref: string) => void;
}

const boxTypes: NodeTypes = { entity: EntityBox, frame: FrameBox };
/** From here on only what is in sight is drawn: below, drawing all is cheaper than deciding. */
const drawnWholeBelow = 100;
/** Words on every line are readable up to here; beyond only those of the selected box. */
const wordsOnLinesBelow = 16;
const moveMs = 180;
/**
 * Where lines begin and end in a box that is not drawn yet: to measure it, every box would have to be drawn at first,
 * also those out of sight. Once a box is drawn, its own handles are measured and count instead.
 */
const boxHandles: NodeHandle[] = [
  { type: 'target', position: Position.Left, x: 0, y: nodeSize.height / 2, width: 0, height: 0 },
  {
    type: 'source',
    position: Position.Right,
    x: nodeSize.width,
    y: nodeSize.height / 2,
    width: 0,
    height: 0,
  },
];

/**
 * The picture. One stop for Tab; inside, arrows follow relations, Enter makes the box the start, Escape
 * leaves. The selected box is told by `aria-activedescendant` and as a live text.
 */
export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, layout, selectedRef, onSelect, onCentre }: GraphCanvasProps) {
  const scope = useId();
  const frame = useRef<HTMLDivElement>(null);
  const boxes = useBoxes(graph, layout, selectedRef, scope);
  // The boxes come first and the lines in the next frame: together they would take longer than a frame may.
  const lines = useDeferredValue(useLines(graph.edges, selectedRef), noLines);
  const moves = useCanvasMoves(graph, layout, frame);
  const select = (ref: string) => {
    onSelect(ref);
    moves.bringIntoView(ref);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const current = selectedRef ?? graph.rootRefs[0];
    if (current === undefined) return;
    if (isStep(event.key)) {
      const next =
        selectedRef === undefined ? current : nextInGraph(event.key, current, graph.edges, layout.positions);
      if (next !== undefined) select(next);
    } else if (event.key === 'Enter' && selectedRef !== undefined) onCentre(selectedRef);
    else if (event.key === 'Escape') leave(frame.current, () => onSelect(null));
    else return;
    event.preventDefault();
  };
  const selected = graph.nodes.find(({ ref }) => ref === selectedRef);
  return (
    <div className={styles.frame}>
      <div
        ref={frame}
        className={styles.canvas}
        role="application"
        aria-roledescription="graph"
        aria-label="Graph. Arrow keys move along relations, Enter makes the entity the start, Escape leaves."
        aria-activedescendant={selected && entityBoxId(scope, selected.ref)}
        tabIndex={0}
        data-page-graph
        onKeyDown={onKeyDown}
      >
        <ReactFlow
          nodes={boxes}
          edges={lines}
          nodeTypes={boxTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          zoomOnDoubleClick={false}
          minZoom={0.08}
          maxZoom={1.75}
          onInit={moves.showStart}
          onlyRenderVisibleElements={graph.nodes.length > drawnWholeBelow}
          onNodeClick={(_, { id, type }) => {
            if (type === 'entity') onSelect(id);
          }}
          onNodeDoubleClick={(_, { id, type }) => {
            if (type === 'entity') onCentre(id);
          }}
          onPaneClick={() => onSelect(null)}
        />
      </div>
      <CanvasControls graph={graph} layout={layout} />
      <p className={styles.spoken} role="status">
        {selected && nodeWords(selected, graph.edges)}
      </p>
    </div>
  );
}

function isStep(key: string): key is GraphStep {
  return ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key);
}

/** Out of the canvas to what follows it: a second Escape would find nothing to do. */
function leave(canvas: HTMLElement | null, clear: () => void) {
  clear();
  canvas?.closest('main')?.querySelector<HTMLElement>('[data-after-graph]')?.focus();
}

function useBoxes(
  graph: Neighbourhood,
  layout: GraphLayout,
  selectedRef: string | undefined,
  scope: string,
): Node[] {
  const unselected = useMemo((): (EntityBoxNode | FrameBoxNode)[] => {
    const frames = layout.frames.map(({ id, label, x, y, width, height }) => ({
      id,
      type: 'frame' as const,
      position: { x, y },
      width,
      height,
      measured: { width, height },
      data: { label },
      zIndex: -1,
    }));
    const entities = graph.nodes.map((node) => ({
      id: node.ref,
      type: 'entity' as const,
      position: layout.positions.get(node.ref) ?? { x: 0, y: 0 },
      ...nodeSize,
      measured: nodeSize,
      handles: boxHandles,
      data: { node, isRoot: graph.rootRefs.includes(node.ref), isSelected: false, scope },
    }));
    return [...frames, ...entities];
  }, [graph, layout, scope]);
  // Only the box that changes becomes another object: all others are not drawn again.
  return useMemo(
    () =>
      unselected.map((box) =>
        box.type === 'entity' && box.id === selectedRef
          ? { ...box, data: { ...box.data, isSelected: true } }
          : box,
      ),
    [unselected, selectedRef],
  );
}

const noLines: Edge[] = [];

function useLines(edges: readonly GraphEdge[], selectedRef: string | undefined): Edge[] {
  const quiet = useMemo(
    () =>
      edges.map(({ source, target, type }): Edge => ({
        id: `${source} ${type} ${target}`,
        source,
        target,
        className: styles.line ?? '',
        ...(edges.length <= wordsOnLinesBelow && { label: inSentence(relationWord(type)) }),
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--wm-text-faint)' },
        data: { type },
      })),
    [edges],
  );
  return useMemo(
    () =>
      quiet.map((line) =>
        line.source === selectedRef || line.target === selectedRef
          ? {
              ...line,
              className: `${styles.line} ${styles.touched}`,
              label: inSentence(relationWord(String(line.data?.['type']))),
              zIndex: 1,
            }
          : line,
      ),
    [quiet, selectedRef],
  );
}

/** Smaller letters cannot be read: a picture that does not fit is shown around its start instead. */
const leastReadableZoom = 0.55;
const fit = { padding: 0.08, maxZoom: 1 } as const;

function useCanvasMoves(graph: Neighbourhood, layout: GraphLayout, frame: RefObject<HTMLElement | null>) {
  const { fitView, setCenter, getZoom, flowToScreenPosition } = useReactFlow();
  const duration = useReducedMotion() ? 0 : moveMs;
  const middleOf = (ref: string) => {
    const place = layout.positions.get(ref);
    return place && { x: place.x + nodeSize.width / 2, y: place.y + nodeSize.height / 2 };
  };
  const showStart = () => {
    const canvas = frame.current?.getBoundingClientRect();
    const start = middleOf(graph.rootRefs[0] ?? '');
    if (!canvas) return;
    const zoom = Math.min(canvas.width / layout.width, canvas.height / layout.height);
    if (start && zoom < leastReadableZoom) void setCenter(start.x, start.y, { zoom: 0.8 });
    else void fitView(fit);
  };
  const showAgain = useEffectEvent(showStart);
  const shownLayout = useRef(layout);
  useEffect(() => {
    if (shownLayout.current === layout) return;
    shownLayout.current = layout;
    showAgain();
  }, [layout]);
  return {
    showStart,
    /** Moves the picture only when the box would be out of sight. */
    bringIntoView: (ref: string) => {
      const middle = middleOf(ref);
      const canvas = frame.current?.getBoundingClientRect();
      if (!middle || !canvas) return;
      const { x, y } = flowToScreenPosition(middle);
      const isInside =
        x > canvas.left + 60 && x < canvas.right - 60 && y > canvas.top + 30 && y < canvas.bottom - 30;
      const zoom = Math.max(getZoom(), leastReadableZoom);
      if (!isInside || zoom !== getZoom()) void setCenter(middle.x, middle.y, { zoom, duration });
    },
  };
}
