import { useQuery } from '@tanstack/react-query';
import type { PartialEntity } from '@waymark/contracts';
import { countText, MessagePanel, numberText, Panel, SkeletonRows } from '@waymark/ui';
import { IconPackage } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { entityRefOf } from '../../lib/entities/entity-ref.ts';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import { compareKinds, kindPlural } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { entityQueries, maxOwnedShown } from './entity.queries.ts';
import styles from './OwnedPanels.module.css';

export interface OwnedPanelsProps {
  /** Owners whose things are shown together: a group, or a person with their groups. */
  ownerRefs: string[];
  isPerson: boolean;
}

const shownAtFirst = 8;

/** Everything that a group or a person owns, by kind. */
export function OwnedPanels({ ownerRefs, isPerson }: OwnedPanelsProps) {
  const { data, error, isPending, refetch, isFetching } = useQuery(entityQueries.ownedBy(ownerRefs));
  const isSlow = useDelayed(isPending);
  const title = isPerson ? 'Owned, also by their groups' : 'Owned';
  if (isPending) return isSlow ? <SkeletonRows rows={4} label="Loading what is owned" /> : null;
  if (error && !data)
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (!data || data.totalItems === 0) {
    return (
      <Panel title={title} count="0">
        <MessagePanel
          icon={<IconPackage size={20} stroke={1.6} />}
          title="Nothing is owned here"
          size="inline"
          headingLevel={3}
        >
          A descriptor names its owner in <code>spec.owner</code>.
        </MessagePanel>
      </Panel>
    );
  }
  const kinds = [...new Set(data.items.map(({ kind = '' }) => kind))].sort(compareKinds);
  return (
    <Panel
      title={title}
      count={numberText(data.totalItems)}
      isFlush
      aside={
        <Link to={paths.catalog({ owner: ownerRefs })} className={styles.all}>
          Show all in the catalog
        </Link>
      }
    >
      {kinds.map((kind) => (
        <OwnedKind key={kind} kind={kind} entities={data.items.filter((item) => item.kind === kind)} />
      ))}
      {data.totalItems > maxOwnedShown && (
        <p className={styles.rest}>
          {countText(data.totalItems - maxOwnedShown, 'more entity', 'more entities')} in the catalog
        </p>
      )}
    </Panel>
  );
}

function OwnedKind({ kind, entities }: { kind: string; entities: PartialEntity[] }) {
  const [isComplete, setIsComplete] = useState(false);
  const visible =
    isComplete || entities.length <= shownAtFirst + 2 ? entities : entities.slice(0, shownAtFirst);
  return (
    <>
      <h3 className={styles.kind}>
        {kindPlural(kind)} <span className={styles.count}>{entities.length}</span>
      </h3>
      <ul className={styles.list}>
        {visible.map((entity) => (
          <EntityRow key={entityRefOf(entity)} entityRef={entityRefOf(entity)} entity={entity} />
        ))}
      </ul>
      {visible.length < entities.length && (
        <button type="button" className={styles.more} onClick={() => setIsComplete(true)}>
          Show {entities.length - visible.length} more
        </button>
      )}
    </>
  );
}
