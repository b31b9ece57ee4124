import { useQuery } from '@tanstack/react-query';
import type { Entity } from '@waymark/contracts';
import { Panel, numberText } from '@waymark/ui';
import { targetsOf } from './relation-words.ts';
import { AboutPanel } from './AboutPanel.tsx';
import { LinksPanel, MetadataPanel, OriginPanel } from './EntitySidePanels.tsx';
import { entityQueries } from './entity.queries.ts';
import { OwnedPanels } from './OwnedPanels.tsx';
import { overviewSections } from './overview-sections.ts';
import styles from './OverviewTab.module.css';
import { RelatedList } from './RelatedList.tsx';

/** What the entity is and what belongs to it; which parts there are depends on its kind. */
export function OverviewTab({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const { data: origin } = useQuery(entityQueries.origin(entityRef));
  const kind = entity.kind.toLowerCase();
  const owners =
    kind === 'group' ? [entityRef] : kind === 'user' ? [entityRef, ...targetsOf(entity, 'memberOf')] : [];
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <AboutPanel entity={entity} />
        {overviewSections(entity).map(({ title, refs }) => (
          <Panel key={title} title={title} count={numberText(refs.length)} isFlush>
            <RelatedList refs={refs} />
          </Panel>
        ))}
        {owners.length > 0 && <OwnedPanels ownerRefs={owners} isPerson={kind === 'user'} />}
      </div>
      <div className={styles.side}>
        <LinksPanel links={entity.metadata.links ?? []} />
        {origin && <OriginPanel origin={origin} entityRef={entityRef} />}
        <MetadataPanel title="Labels" values={entity.metadata.labels ?? {}} />
        <MetadataPanel title="Annotations" values={entity.metadata.annotations ?? {}} />
      </div>
    </div>
  );
}
