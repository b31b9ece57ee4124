import { usePrefetchInfiniteQuery, useQuery } from '@tanstack/react-query';
import { KindIcon, numberText } from '@waymark/ui';
import { memo } from 'react';
import { AsOfScope } from '../../lib/as-of/AsOfScope.tsx';
import { AsOfBanner } from '../../lib/as-of/AsOfBanner.tsx';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { compareKinds, kindPlural } from '../../lib/entities/kind-words.ts';
import { usePageIdentity } from '../../lib/page/page-identity.ts';
import { TabLinks } from '../../lib/page/TabLinks.tsx';
import { paths } from '../../lib/paths.ts';
import { useKept } from '../../lib/use-kept.ts';
import { CatalogFilters } from './CatalogFilters.tsx';
import { CatalogList } from './CatalogList.tsx';
import styles from './CatalogPage.module.css';
import { chosenFacets } from './catalog-filter.ts';
import { CatalogToolbar } from './CatalogToolbar.tsx';
import { catalogQueries } from './catalog.queries.ts';
import {
  rowsQuery,
  useAnsweredState,
  useAskedState,
  useCatalogState,
  type CatalogState,
} from './use-catalog-state.ts';

/** Every entity of the company: kinds, filters with counts, and the list. The address holds all of it. */
export function CatalogPage() {
  const state = useCatalogState();
  const { search, filter } = state;
  const { kind } = search;
  // The rows of a letter are asked for before anything else is drawn for it.
  usePrefetchInfiniteQuery(rowsQuery({ search, filter: { ...filter, q: search.q } }));
  const asked = useAskedState(state);
  const answered = useAnsweredState(asked);
  const areCountsOutdated = useAreCountsOutdated(asked, answered);
  const facets = chosenFacets(search);
  const chosen = useKept(facets, JSON.stringify(facets));
  const title = kind === '' ? 'Catalog' : kindPlural(kind);
  usePageIdentity({
    title,
    crumbs:
      kind === ''
        ? [{ label: title }]
        : [{ label: 'Catalog', to: paths.catalog({ asOf: filter.asOf ?? null }) }, { label: title }],
  });
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.past}>
        <AsOfBanner />
      </div>
      <div className={styles.tabs} data-stale={areCountsOutdated || undefined}>
        <KindTabs kind={kind} state={answered} />
      </div>
      <div className={styles.body}>
        <aside className={styles.filters} aria-label="Filters" data-stale={areCountsOutdated || undefined}>
          <CatalogFilters chosen={chosen} filter={answered.filter} onToggle={state.toggleFacet} />
        </aside>
        <div className={styles.content}>
          <CatalogToolbar text={search.q} onTextChange={state.setText} state={asked} />
          <AsOfScope>
            <CatalogList asked={asked} answered={answered} />
          </AsOfScope>
        </div>
      </div>
    </div>
  );
}

/** Counts wait for the rows; whoever waits for longer sees that they are those of before. */
function useAreCountsOutdated(asked: CatalogState, answered: CatalogState): boolean {
  const kinds = useQuery(catalogQueries.kinds(answered.filter));
  const facets = useQuery(catalogQueries.facets(answered.filter));
  return useDelayed(asked !== answered || kinds.isPlaceholderData || facets.isPlaceholderData);
}

interface KindTabsProps {
  kind: string;
  /** What is counted, and goes along to another kind. */
  state: CatalogState;
}

const KindTabs = memo(function KindTabs({ kind: currentKind, state: { filter, search } }: KindTabsProps) {
  const { data } = useQuery(catalogQueries.kinds(filter));
  const counts = new Map(data?.map(({ value, count }) => [value.toLowerCase(), count]));
  const kinds = [...new Set([...counts.keys(), ...(currentKind === '' ? [] : [currentKind])])].sort(
    compareKinds,
  );
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const known = (count: number | undefined) => (data ? numberText(count ?? 0) : undefined);
  // A type or a sort of one kind means little for another; owner, tags and text go along.
  const withKind = (kind: string | null) =>
    paths.catalog({ ...search, kind, type: null, lifecycle: null, sort: null, columns: null });
  return (
    <TabLinks
      label="Kinds"
      currentId={currentKind}
      tabs={[
        { id: '', label: 'All', to: withKind(null), count: known(total) },
        ...kinds.map((kind) => ({
          id: kind,
          label: kindPlural(kind),
          to: withKind(kind),
          icon: <KindIcon kind={kind} size={15} />,
          count: known(counts.get(kind)),
        })),
      ]}
    />
  );
});
