import { queryOptions } from '@tanstack/react-query';
import { getEntityFacets } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { compareKinds } from '../../lib/entities/kind-words.ts';
import { queryKeys } from '../../lib/query-keys.ts';

/** How many entities the catalog has of each kind, in the order of the catalog's tabs. */
export const kindCountsQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.catalog, 'kind-counts'],
    queryFn: async ({ signal }) => {
      const { facets } = await api.call(getEntityFacets, { query: { facet: 'kind' } }, { signal });
      return (facets['kind'] ?? []).toSorted((a, b) => compareKinds(a.value, b.value));
    },
  });
