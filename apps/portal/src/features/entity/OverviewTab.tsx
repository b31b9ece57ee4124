import { useQuery } from '@tanstack/react-query';
import type { Entity } from '@waymark/contracts';
import { Panel, numberText } from '@waymark/ui';
import { useShownInstant } from '../../lib/as-of/AsOfScope.tsx';
import { AboutPanel } from './AboutPanel.tsx';
import { ContactsPanel } from './ContactsPanel.tsx';
import { LinksPanel, MetadataPanel, OriginPanel } from './EntitySidePanels.tsx';
import { entityQueries } from './entity.queries.ts';
import { overviewSections } from './overview-sections.ts';
import styles from './OverviewTab.module.css';
import { PersonOverview } from './PersonOverview.tsx';
import { RelatedList } from './RelatedList.tsx';
import { TeamOverview } from './TeamOverview.tsx';

/** What the entity is and what belongs to it; which parts there are depends on its kind. */
export function OverviewTab({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const { data: origin } = useQuery(entityQueries.origin(entityRef));
  const asOf = useShownInstant();
  const kind = entity.kind.toLowerCase();
  const isOwner = kind === 'group' || kind === 'user';
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        {kind === 'group' && <TeamOverview entityRef={entityRef} entity={entity} />}
        {kind === 'user' && <PersonOverview entityRef={entityRef} entity={entity} />}
        {!isOwner && <AboutPanel entity={entity} />}
        {!isOwner &&
          overviewSections(entity).map(({ title, refs }) => (
            <Panel key={title} title={title} count={numberText(refs.length)} isFlush>
              <RelatedList refs={refs} />
            </Panel>
          ))}
      </div>
      <div className={styles.side}>
        {isOwner ? <ContactsPanel entity={entity} /> : <LinksPanel links={entity.metadata.links ?? []} />}
        {/* Where it stands now says nothing about the past. */}
        {asOf === undefined && origin && <OriginPanel origin={origin} entityRef={entityRef} />}
        <MetadataPanel title="Labels" values={entity.metadata.labels ?? {}} />
        <MetadataPanel title="Annotations" values={entity.metadata.annotations ?? {}} />
      </div>
    </div>
  );
}
