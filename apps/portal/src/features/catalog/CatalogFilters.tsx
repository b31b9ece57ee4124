import { useQuery } from '@tanstack/react-query';
import { FacetGroup, SkeletonLine } from '@waymark/ui';
import { memo } from 'react';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { facetNames } from '../../lib/catalog-search.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import styles from './CatalogFilters.module.css';
import type { CatalogFilter, ChosenFacets } from './catalog-filter.ts';
import { catalogQueries } from './catalog.queries.ts';
import { facetValueLabel, facetWord } from './facet-words.ts';
import type { CatalogState } from './use-catalog-state.ts';

/** Properties whose values are open from the start. */
const openAtFirst = new Set(['type', 'lifecycle', 'owner', 'system']);

export interface CatalogFiltersProps {
  chosen: ChosenFacets;
  /** What is counted. */
  filter: CatalogFilter;
  onToggle: CatalogState['toggleFacet'];
}

/** The filters with the number of entities behind each value. */
export const CatalogFilters = memo(function CatalogFilters({
  chosen,
  filter,
  onToggle,
}: CatalogFiltersProps) {
  const { data, error, isPending, refetch, isFetching } = useQuery(catalogQueries.facets(filter));
  const isSlow = useDelayed(isPending);
  if (error && !data) {
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!data) return isSlow ? <FiltersSkeleton /> : null;
  return (
    facetNames
      // A property with one value for everything narrows nothing.
      .filter((name) => chosen[name].length > 0 || data[name].length > (name === 'namespace' ? 1 : 0))
      .map((name) => (
        <FacetGroup
          key={name}
          label={facetWord(name)}
          options={data[name].map(({ value, count }) => ({
            value,
            label: facetValueLabel(name, value),
            count,
          }))}
          selected={chosen[name]}
          onToggle={(value) => onToggle(name, value)}
          isOpenAtFirst={openAtFirst.has(name)}
        />
      ))
  );
});

function FiltersSkeleton() {
  return (
    <div role="status" aria-label="Loading the filters" className={styles.skeleton}>
      {['60%', '85%', '70%', '50%', '80%', '65%', '75%', '55%'].map((width, index) => (
        <SkeletonLine key={index} width={width} />
      ))}
    </div>
  );
}
