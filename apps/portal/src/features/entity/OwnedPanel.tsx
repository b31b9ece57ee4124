import { IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { PartialEntity } from '@waymark/contracts';
import { countText, KindIcon, MessagePanel, numberText, Panel, SkeletonRows, Tag } from '@waymark/ui';
import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useShownInstant } from '../../lib/as-of/AsOfScope.tsx';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { entityRefOf, entityTitle, specRef, specText } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindPlural } from '../../lib/entities/kind-words.ts';
import { maxOwnersAsked, ownedQueries } from '../../lib/entities/owned.queries.ts';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import styles from './OwnedPanel.module.css';

export interface OwnedPanelProps {
  /** The owner whose page this is. */
  ownerRef: string;
  /** Owners whose things are shown with its own, e.g. its sub-teams; empty for its own things alone. */
  otherOwnerRefs: readonly string[];
  /** Right of the title: the switch between own and inherited. */
  aside?: ReactNode;
}

/** More owners than the address of the catalog can hold in comfort. */
const maxOwnersInAddress = 60;

/** Everything that an owner answers for, a tab for each kind, and from where what is inherited comes. */
export function OwnedPanel({ ownerRef, otherOwnerRefs, aside }: OwnedPanelProps) {
  const asOf = useShownInstant();
  const ownerRefs = [ownerRef, ...otherOwnerRefs].slice(0, maxOwnersAsked);
  const {
    data: kinds,
    error,
    isPending,
    refetch,
    isFetching,
  } = useQuery(ownedQueries.kinds(ownerRefs, asOf));
  const isSlow = useDelayed(isPending);
  const [chosen, setChosen] = useQueryState(
    'owned',
    parseAsString.withOptions({ history: 'push', shallow: false }),
  );
  const total = kinds?.reduce((sum, { count }) => sum + count, 0);
  const shown = kinds?.find(({ value }) => value.toLowerCase() === chosen) ?? kinds?.[0];
  return (
    <Panel
      title="Owns"
      count={total === undefined ? undefined : numberText(total)}
      isFlush
      aside={
        <>
          {aside}
          {total !== undefined && total > 0 && ownerRefs.length <= maxOwnersInAddress && (
            <Link to={paths.catalog({ owner: ownerRefs, asOf: asOf ?? null })} className={styles.link}>
              Show in the catalog
            </Link>
          )}
        </>
      }
    >
      {isPending && isSlow && <SkeletonRows rows={5} label="Loading what is owned" />}
      {error && !kinds && (
        <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {kinds && shown === undefined && <NothingOwned />}
      {kinds && shown && (
        <>
          <div className={styles.kinds} role="group" aria-label="Kinds of what is owned">
            {kinds.map(({ value, count }) => (
              <button
                key={value}
                type="button"
                className={styles.kind}
                aria-pressed={value === shown.value}
                onClick={() => void setChosen(value.toLowerCase())}
              >
                <KindIcon kind={value} size={15} />
                {kindPlural(value)} <span className={styles.count}>{numberText(count)}</span>
              </button>
            ))}
          </div>
          <OwnedOfKind ownerRef={ownerRef} ownerRefs={ownerRefs} kind={shown.value} />
        </>
      )}
      {1 + otherOwnerRefs.length > maxOwnersAsked && (
        <p className={styles.rest}>
          Only the first {numberText(maxOwnersAsked)} of {countText(1 + otherOwnerRefs.length, 'team')} are
          added up here. Open a sub-team to see the rest.
        </p>
      )}
    </Panel>
  );
}

function OwnedOfKind({
  ownerRef,
  ownerRefs,
  kind,
}: {
  ownerRef: string;
  ownerRefs: readonly string[];
  kind: string;
}) {
  const query = useInfiniteQuery(ownedQueries.ofKind(ownerRefs, kind, useShownInstant()));
  const entities = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = query.data?.pages[0]?.totalItems ?? 0;
  return (
    <PagedList
      query={query}
      isEmpty={entities.length === 0}
      skeleton={<SkeletonRows rows={5} label={`Loading ${kindPlural(kind)}`} />}
      empty={null}
      more={`Show more of ${numberText(total)}`}
    >
      <ul className={styles.list} aria-label={`Owned ${kindPlural(kind)}`}>
        {entities.map((entity) => (
          <OwnedRow key={entityRefOf(entity)} entity={entity} ownerRef={ownerRef} />
        ))}
      </ul>
    </PagedList>
  );
}

function OwnedRow({ entity, ownerRef }: { entity: PartialEntity; ownerRef: string }) {
  const owner = specRef(entity, 'owner', 'group');
  const type = specText(entity, 'type');
  const lifecycle = specText(entity, 'lifecycle');
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <EntityLink entityRef={entityRefOf(entity)} hasIcon>
          {entityTitle(entity)}
        </EntityLink>
      </span>
      <span className={styles.description} title={entity.metadata?.description}>
        {entity.metadata?.description}
      </span>
      {owner !== undefined && owner !== ownerRef && (
        <span className={styles.via}>
          from <EntityLink entityRef={owner} isQuiet />
        </span>
      )}
      {lifecycle && lifecycle !== 'production' && <Tag>{lifecycle}</Tag>}
      {type && <Tag>{type}</Tag>}
    </li>
  );
}

function NothingOwned() {
  return (
    <MessagePanel
      icon={<IconPackage size={20} stroke={1.6} />}
      title="Nothing is owned here"
      size="inline"
      headingLevel={3}
    >
      A descriptor names its owner in <code>spec.owner</code>.
    </MessagePanel>
  );
}
