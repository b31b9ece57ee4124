import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getEntityFacets, queryEntities } from '@waymark/contracts';
import { api } from '../api.ts';
import { summaryFields } from './entities.queries.ts';
import { compareKinds } from './kind-words.ts';
import { queryKeys } from '../query-keys.ts';

/** More owners than one question of the API can name. */
export const maxOwnersAsked = 150;
const pageSize = 50;

const filterOf = (ownerRefs: readonly string[], kind?: string) =>
  [
    ...(kind === undefined ? [] : [`kind=${kind}`]),
    ...ownerRefs.map((ref) => `relations.ownedBy=${ref}`),
  ].join(',');

/** What owners own, now or at an instant: counted by kind, and page by page. At most {@link maxOwnersAsked} owners. */
export const ownedQueries = {
  kinds: (ownerRefs: readonly string[], asOf?: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'owned-kinds', ownerRefs, asOf],
      queryFn: async ({ signal }) => {
        const query = { facet: 'kind', filter: filterOf(ownerRefs), asOf };
        const { facets } = await api.call(getEntityFacets, { query }, { signal });
        return (facets['kind'] ?? []).toSorted((a, b) => compareKinds(a.value, b.value));
      },
      enabled: ownerRefs.length > 0,
      placeholderData: keepPreviousData,
    }),
  ofKind: (ownerRefs: readonly string[], kind: string, asOf?: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.catalog, 'owned-of-kind', ownerRefs, kind, asOf],
      queryFn: ({ signal, pageParam }) => {
        const start = { filter: filterOf(ownerRefs, kind), orderField: 'metadata.name,asc' };
        const query = {
          ...(pageParam === '' ? start : { cursor: pageParam }),
          fields: summaryFields.join(','),
          limit: pageSize,
          asOf,
        };
        return api.call(queryEntities, { query }, { signal });
      },
      initialPageParam: '',
      getNextPageParam: ({ pageInfo }) => pageInfo.nextCursor,
      placeholderData: keepPreviousData,
    }),
};
