import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { useNavigate } from 'react-router';
import { AsOfBanner } from '../../lib/as-of/AsOfBanner.tsx';
import { AsOfScope } from '../../lib/as-of/AsOfScope.tsx';
import { entitiesQueries } from '../../lib/entities/entities.queries.ts';
import { entityTitle, parseRef, refLabel, stringifyRef } from '../../lib/entities/entity-ref.ts';
import { GraphExplorer } from '../../lib/graph/GraphExplorer.tsx';
import { ImpactView } from '../../lib/graph/ImpactView.tsx';
import { useGraphState } from '../../lib/graph/use-graph-state.ts';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { EntityPicker } from '../../lib/search/EntityPicker.tsx';
import styles from './GraphPage.module.css';
import { GraphStarts } from './GraphStarts.tsx';

/** The catalog as a graph, from any entity on. */
export function GraphPage() {
  const [root] = useQueryState('root', parseAsString);
  if (root === null || root === '') return <GraphWithoutStart />;
  const ref = stringifyRef(parseRef(root));
  return <GraphFrom key={ref} rootRef={ref} />;
}

function useOpenGraph() {
  const navigate = useNavigate();
  return (ref: string) => void navigate(paths.graph({ root: ref }));
}

function GraphWithoutStart() {
  const open = useOpenGraph();
  return (
    <Page title="Graph" lead="What is connected with what. Choose where to start.">
      <div className={styles.starts}>
        <EntityPicker
          label="Start of the graph"
          placeholder="Search a start"
          value={undefined}
          onChoose={open}
        />
        <GraphStarts />
      </div>
    </Page>
  );
}

function GraphFrom({ rootRef }: { rootRef: string }) {
  const state = useGraphState(rootRef);
  const navigate = useNavigate();
  const { data: summaries } = useQuery(entitiesQueries.summaries([rootRef]));
  const entity = summaries?.get(rootRef);
  const title = entity ? entityTitle(entity) : refLabel(rootRef);
  // The ways to look stay when the start moves on.
  const centre = (ref: string) => void navigate(paths.graph(state.searchFrom(ref)));
  return (
    <Page
      title={`Graph of ${title}`}
      parents={[{ label: 'Graph', to: paths.graph() }]}
      actions={
        <div className={styles.tools}>
          <EntityPicker
            label="Start of the graph"
            placeholder="Search another start"
            value={undefined}
            onChoose={centre}
          />
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={state.view === 'impact' ? 'impact' : 'graph'}
            data={[
              { value: 'graph', label: 'Graph' },
              { value: 'impact', label: 'Impact' },
            ]}
            onChange={(view) => state.setView(view === 'impact' ? 'impact' : 'graph')}
          />
        </div>
      }
    >
      <AsOfBanner />
      <AsOfScope>
        {state.view === 'impact' ? (
          <ImpactView rootRef={rootRef} title={title} />
        ) : (
          <GraphExplorer rootRef={rootRef} state={state} onCentre={centre} />
        )}
      </AsOfScope>
    </Page>
  );
}
