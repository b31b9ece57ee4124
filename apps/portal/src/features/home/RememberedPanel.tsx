import { useQuery } from '@tanstack/react-query';
import { Panel } from '@waymark/ui';
import { entitiesQueries } from '../../lib/entities/entities.queries.ts';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import type { RememberedEntity } from '../../lib/entities/remembered-entities.ts';
import styles from './RememberedPanel.module.css';

export interface RememberedPanelProps {
  title: string;
  entities: RememberedEntity[];
  /** What the panel is for, while it has nothing. */
  empty: string;
}

/** Entities that this browser remembers. Names come from memory at once, the rest from the catalog. */
export function RememberedPanel({ title, entities, empty }: RememberedPanelProps) {
  const { data: summaries } = useQuery(entitiesQueries.summaries(entities.map(({ ref }) => ref)));
  return (
    <Panel title={title} isFlush>
      {entities.length === 0 ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <ul className={styles.list}>
          {entities.map(({ ref, title: remembered }) => {
            const known = summaries?.get(ref);
            return (
              <EntityRow
                key={ref}
                entityRef={ref}
                entity={known === undefined ? { metadata: { title: remembered } } : known}
                hasKind
              />
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
