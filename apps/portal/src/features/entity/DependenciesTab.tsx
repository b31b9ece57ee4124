import { SegmentedControl } from '@mantine/core';
import type { Entity } from '@waymark/contracts';
import { useNavigate } from 'react-router';
import { entityTitle } from '../../lib/entities/entity-ref.ts';
import { GraphExplorer } from '../../lib/graph/GraphExplorer.tsx';
import { ImpactView } from '../../lib/graph/ImpactView.tsx';
import { useGraphState } from '../../lib/graph/use-graph-state.ts';
import { paths } from '../../lib/paths.ts';
import styles from './DependenciesTab.module.css';
import { RelationsTab } from './RelationsTab.tsx';

/** What the entity is connected with: as a graph, as those whom an outage reaches, and as plain lists. */
export function DependenciesTab({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const state = useGraphState(entityRef);
  const navigate = useNavigate();
  const centre = (ref: string) => {
    if (ref === entityRef) return;
    const graph = { ...state.searchFrom(ref), root: null };
    void navigate(paths.entity(ref, { tab: 'dependencies', graph }));
  };
  return (
    <div className={styles.dependencies}>
      <SegmentedControl
        size="xs"
        className={styles.views}
        aria-label="View"
        value={state.view}
        data={[
          { value: 'graph', label: 'Graph' },
          { value: 'impact', label: 'Impact' },
          { value: 'relations', label: 'All relations' },
        ]}
        onChange={state.setView}
      />
      {state.view === 'graph' && <GraphExplorer rootRef={entityRef} state={state} onCentre={centre} />}
      {state.view === 'impact' && <ImpactView rootRef={entityRef} title={entityTitle(entity)} />}
      {state.view === 'relations' && <RelationsTab entity={entity} />}
    </div>
  );
}
