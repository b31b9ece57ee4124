import { useQuery } from '@tanstack/react-query';
import type { Entity } from '@waymark/contracts';
import { SkeletonLine, SkeletonRows } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { lazy, Suspense, useEffect } from 'react';
import { useParams } from 'react-router';
import { useAsOf } from '../../lib/as-of/as-of.ts';
import { AsOfScope } from '../../lib/as-of/AsOfScope.tsx';
import { AsOfBanner } from '../../lib/as-of/AsOfBanner.tsx';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { entityTitle, parseRef, stringifyRef } from '../../lib/entities/entity-ref.ts';
import { kindPlural } from '../../lib/entities/kind-words.ts';
import { rememberVisit } from '../../lib/entities/remembered-entities.ts';
import { usePageIdentity } from '../../lib/page/page-identity.ts';
import { TabLinks, type TabLink } from '../../lib/page/TabLinks.tsx';
import { entityTabs, paths, type EntityTab } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import { ApiTab, isShownAsApi } from './api/ApiTab.tsx';
import { EntityHeader } from './EntityHeader.tsx';
import { EntityMissing } from './EntityMissing.tsx';
import styles from './EntityPage.module.css';
import { EntityProblems } from './EntityProblems.tsx';
import { entityQueries } from './entity.queries.ts';
import { OverviewTab } from './OverviewTab.tsx';
import { SourceTab } from './SourceTab.tsx';

// Both bring libraries that no other section needs.
const DependenciesTab = lazy(async () => ({
  default: (await import('./DependenciesTab.tsx')).DependenciesTab,
}));
const HistoryTab = lazy(async () => ({ default: (await import('./HistoryTab.tsx')).HistoryTab }));

/** Everything about one entity. */
export function EntityPage() {
  const { namespace = '', kind = '', name = '' } = useParams();
  const ref = stringifyRef({ kind, namespace, name });
  const { asOf } = useAsOf();
  const query = useQuery(entityQueries.one(ref, asOf));
  const isSlow = useDelayed(query.isPending);
  const title = query.data ? entityTitle(query.data) : name;
  usePageIdentity({
    title,
    crumbs: [
      { label: 'Catalog', to: paths.catalog({ asOf: asOf ?? null }) },
      { label: kindPlural(kind), to: paths.catalog({ kind: kind.toLowerCase(), asOf: asOf ?? null }) },
      { label: title },
    ],
  });
  useEffect(() => {
    if (query.data && asOf === undefined) rememberVisit({ ref, title: entityTitle(query.data) });
  }, [ref, asOf, query.data]);
  if (query.data) {
    return (
      <AsOfScope>
        <LoadedEntity key={ref} entityRef={ref} entity={query.data} asOf={asOf} />
      </AsOfScope>
    );
  }
  if (isNotFound(query.error)) return <EntityMissing entityRef={ref} asOf={asOf} />;
  if (query.error) {
    return (
      <ErrorPanel
        error={query.error}
        headingLevel={1}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return isSlow ? <EntitySkeleton name={name} /> : null;
}

function LoadedEntity({
  entityRef,
  entity,
  asOf,
}: {
  entityRef: string;
  entity: Entity;
  asOf: string | undefined;
}) {
  const [chosen] = useQueryState('tab', parseAsStringLiteral(entityTabs).withDefault('overview'));
  const tabs = tabsOf(entityRef, entity, asOf);
  // A tab that this entity does not have leads to the first one.
  const tab = tabs.some(({ id }) => id === chosen) ? chosen : 'overview';
  return (
    <div className={styles.page}>
      <AsOfBanner />
      <EntityHeader entityRef={entityRef} entity={entity} />
      {asOf === undefined && <EntityProblems entityRef={entityRef} entity={entity} />}
      <TabLinks label="Sections" tabs={tabs} currentId={tab} />
      <div className={styles.content}>
        {tab === 'overview' && <OverviewTab entityRef={entityRef} entity={entity} />}
        <Suspense>
          {tab === 'dependencies' && <DependenciesTab entityRef={entityRef} entity={entity} />}
          {tab === 'history' && <HistoryTab entityRef={entityRef} />}
        </Suspense>
        {tab === 'api' && <ApiTab entityRef={entityRef} entity={entity} />}
        {tab === 'source' && <SourceTab entityRef={entityRef} entity={entity} />}
      </div>
    </div>
  );
}

function tabsOf(ref: string, entity: Entity, asOf: string | undefined): TabLink[] {
  const tab = (id: EntityTab, label: string, count?: string): TabLink => ({
    id,
    label,
    to: paths.entity(ref, { tab: id, asOf }),
    count,
  });
  const relations = new Set(entity.relations?.map(({ type, targetRef }) => `${type} ${targetRef}`)).size;
  return [
    tab('overview', 'Overview'),
    ...(relations > 0 ? [tab('dependencies', 'Dependencies', relations.toLocaleString('en'))] : []),
    ...(isShownAsApi(entity) ? [tab('api', 'API')] : []),
    tab('history', 'History'),
    // The file as it stands now says nothing about the past: the history has its texts.
    ...(asOf === undefined ? [tab('source', 'Source')] : []),
  ];
}

function EntitySkeleton({ name }: { name: string }) {
  return (
    <div className={styles.page} role="status" aria-label={`Loading ${parseRef(name).name}`}>
      <div className={styles.skeletonHeader}>
        <SkeletonLine width="220px" height={24} />
        <SkeletonLine width="360px" />
        <SkeletonLine width="480px" />
      </div>
      <SkeletonRows rows={8} columns={['22%', '40%', '12%']} label="Loading" />
    </div>
  );
}
