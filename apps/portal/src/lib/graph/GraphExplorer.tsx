import { useQuery } from '@tanstack/react-query';
import { SkeletonLine } from '@waymark/ui';
import { useDeferredValue } from 'react';
import { useDelayed } from '../browser/use-delayed.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { GraphBar } from './GraphBar.tsx';
import { GraphCanvas } from './GraphCanvas.tsx';
import styles from './GraphExplorer.module.css';
import { GraphNotice } from './GraphNotice.tsx';
import { layoutGraph } from './graph-layout.ts';
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
  // Hundreds of rows are drawn piece by piece, between frames.
  const tableGraph = useDeferredValue(graph, undefined);
  if (query.error && !graph) {
    return (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  }
  return (
    <div className={styles.explorer}>
      <GraphBar state={state} graph={graph} />
      {graph && <GraphNotice graph={graph} state={state} />}
      {graph ? (
        <GraphPicture rootRef={rootRef} graph={graph} state={state} onCentre={onCentre} />
      ) : (
        <PictureSkeleton words="Reading the relations" />
      )}
      {graph && tableGraph && (
        <GraphTable graph={tableGraph} selectedRef={state.node} onSelect={state.select} />
      )}
    </div>
  );
}

/** The picture once it is arranged; like the table, it is drawn between frames. */
function GraphPicture({ rootRef, graph, state, onCentre }: GraphExplorerProps & { graph: Neighbourhood }) {
  const layout = useQuery({
    // The answer itself is the key: an unchanged neighbourhood keeps its picture.
    queryKey: ['graph-layout', graph.nodes, graph.edges, state.group],
    queryFn: () => layoutGraph(graph, state.group, layoutInWorker),
    staleTime: Infinity,
    placeholderData: (previous) => previous,
  });
  const arranged = useDeferredValue(layout.data, undefined);
  if (layout.error) return <ErrorPanel error={layout.error} onRetry={() => void layout.refetch()} />;
  // A picture of other boxes than those of this answer would have holes: it waits for its own.
  const isOwn = arranged && graph.nodes.every(({ ref }) => arranged.positions.has(ref));
  if (!arranged || !isOwn) {
    return <PictureSkeleton words={`Arranging ${graph.nodes.length} entities`} />;
  }
  const selected = graph.nodes.find(({ ref }) => ref === state.node);
  return (
    <div className={styles.picture}>
      <GraphCanvas
        key={rootRef}
        graph={graph}
        layout={arranged}
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
