import { graphLimits } from '@waymark/contracts';
import { countText, numberText, StatusLabel } from '@waymark/ui';
import { kindInSentence } from '../entities/kind-words.ts';
import styles from './GraphExplorer.module.css';
import type { Neighbourhood } from './graph.queries.ts';
import type { GraphState } from './use-graph-state.ts';

/** Says how much of the neighbourhood is shown, and how to see what is not. */
export function GraphNotice({ graph, state }: { graph: Neighbourhood; state: GraphState }) {
  const { nodes, totalNodes, omitted } = graph;
  const missing = nodes.filter(({ isMissing }) => isMissing).length;
  const isCut = nodes.length < totalNodes;
  if (!isCut) {
    return (
      <p className={styles.notice} role="status">
        {countText(nodes.length, 'entity', 'entities')}, {countText(graph.edges.length, 'relation')}
        {missing > 0 && `; ${numberText(missing)} not in the catalog`}.
        {nodes.length <= graph.rootRefs.length && ' Nothing is related to it in the ways chosen above.'}
      </p>
    );
  }
  const left = omitted.map(({ kind, count }) => {
    const { one, many } = kindInSentence(kind);
    return countText(count, one, many);
  });
  return (
    <p className={styles.notice} role="status">
      <StatusLabel tone="warning">Not everything is shown</StatusLabel>
      <span>
        Showing {numberText(nodes.length)} of {numberText(totalNodes)}, the nearest first; left out:{' '}
        {left.join(', ')}. Choose fewer steps, kinds or relations
        {state.limit < graphLimits.maxNodes && totalNodes > state.limit ? ', or ' : '.'}
        {state.limit < graphLimits.maxNodes && totalNodes > state.limit && (
          <button
            type="button"
            className={styles.textButton}
            onClick={() => state.setLimit(graphLimits.maxNodes)}
          >
            show up to {graphLimits.maxNodes}
          </button>
        )}
      </span>
    </p>
  );
}
