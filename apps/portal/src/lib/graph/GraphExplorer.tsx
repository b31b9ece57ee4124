import { skipToken, useQuery } from '@tanstack/react-query';
import { SkeletonLine } from '@waymark/ui';
import { useDeferredValue } from 'react';
import { useDelayed } from '../browser/use-delayed.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { GraphBar } from './GraphBar.tsx';
import { GraphCanvas } from './GraphCanvas.tsx';
import styles from './GraphExplorer.module.css';
import { GraphNotice } from './GraphNotice.tsx';
import { layoutGraph, type GraphLayout } from './graph-layout.ts';
import type { GraphGrouping } from './graph-search.ts';
import { GraphSidePanel } from './GraphSidePanel.tsx';
import { GraphTable } from './GraphTable.tsx';
import { graphQueries, type Neighbourhood } from './graph.queries.ts';
import { layoutInWorker } from './layout-engine.ts';
import type { GraphState } from './use-graph-state.ts';

export interface GraphExplorerProps {
  rootRef: string;
  state: GraphState;
  /** Makes another entity the start. */
  onCentre: (ref: string) => void;
}

/** The neighbourhood of an entity as a picture that can be walked through, with the same things in a table. */
export function GraphExplorer({ rootRef, state, onCentre }: GraphExplorerProps) {
  const query = useQuery(graphQueries.neighbourhood(state.question));
  const graph = query.data;
  const layout = useLayout(graph, state.group);
  const arranged = useDeferredValue(layout.data, undefined);
  // Hundreds of rows are drawn between frames, after the picture: both at once would hold up each other.
  const tableGraph = useDeferredValue(arranged || layout.error ? graph : undefined, undefined);
  if (query.error && !graph) {
    return (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  }
  return (
    <div className={styles.explorer}>
      <GraphBar state={state} graph={graph} />
      {graph && <GraphNotice graph={graph} state={state} />}
      {layout.error ? (
        <ErrorPanel error={layout.error} onRetry={() => void layout.refetch()} />
      ) : graph ? (
        <GraphPicture rootRef={rootRef} graph={graph} layout={arranged} state={state} onCentre={onCentre} />
      ) : (
        <PictureSkeleton words="Reading the relations" />
      )}
      {graph && tableGraph && (
        <GraphTable graph={tableGraph} selectedRef={state.node} onSelect={state.select} />
      )}
    </div>
  );
}

/** Where the boxes of an answer stand; while a new one is arranged, where those of the last one stand. */
function useLayout(graph: Neighbourhood | undefined, group: GraphGrouping) {
  return useQuery({
    // An answer that is equal to the last one is the same object, and keeps its picture.
    queryKey: ['graph-layout', graph && identityOf(graph.nodes), graph && identityOf(graph.edges), group],
    queryFn: graph ? () => layoutGraph(graph, group, layoutInWorker) : skipToken,
    staleTime: Infinity,
    placeholderData: (previous) => previous,
  });
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number that stands for an object, and for no other one. */
function identityOf(object: object): number {
  const identity = identities.get(object) ?? (lastIdentity += 1);
  identities.set(object, identity);
  return identity;
}

interface GraphPictureProps extends GraphExplorerProps {
  graph: Neighbourhood;
  layout: GraphLayout | undefined;
}

/** The picture once it is arranged. */
function GraphPicture({ rootRef, graph, layout, state, onCentre }: GraphPictureProps) {
  // A picture of other boxes than those of this answer would have holes: it waits for its own.
  const isOwn = layout && graph.nodes.every(({ ref }) => layout.positions.has(ref));
  if (!isOwn) return <PictureSkeleton words={`Arranging ${graph.nodes.length} entities`} />;
  const selected = graph.nodes.find(({ ref }) => ref === state.node);
  return (
    <div className={styles.picture}>
      <GraphCanvas
        key={rootRef}
        graph={graph}
        layout={layout}
        selectedRef={selected?.ref}
        onSelect={state.select}
        onCentre={onCentre}
      />
      {selected && (
        <GraphSidePanel
          node={selected}
          edges={graph.edges}
          isRoot={graph.rootRefs.includes(selected.ref)}
          onCentre={() => onCentre(selected.ref)}
          onSelect={state.select}
          onClose={() => state.select(null)}
        />
      )}
    </div>
  );
}

function PictureSkeleton({ words }: { words: string }) {
  const isSlow = useDelayed(true);
  return (
    <div className={styles.skeleton} role="status">
      {isSlow && (
        <>
          <span className={styles.words}>{words}…</span>
          <span className={styles.bones} aria-hidden>
            {['38%', '26%', '44%', '30%'].map((width, index) => (
              <SkeletonLine key={index} width={width} height={40} />
            ))}
          </span>
        </>
      )}
    </div>
  );
}
