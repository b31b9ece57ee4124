import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getEntityFacets, queryEntities } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { facetNames, type FacetName } from '../../lib/catalog-search.ts';
import { queryKeys } from '../../lib/query-keys.ts';
import { facetKeys, filterParameter, textParameter, type CatalogFilter } from './catalog-filter.ts';

/** The first rows come at once; who scrolls on wants many, and each further page costs a drawing. */
const pageSizes = { first: 50, next: 400 } as const;

/** What a row shows; leaving the rest out keeps a page of 100 small. */
const rowFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.tags',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.domain',
  'spec.parent',
  'spec.profile.displayName',
  'spec.profile.email',
].join(',');

/** Values of one filter with the number of entities behind each, the most frequent first. */
export type FacetValues = { value: string; count: number }[];

/** Everything the catalog page reads. */
export const catalogQueries = {
  list: (filter: CatalogFilter, order: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.catalog, 'list', filter, order],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          queryEntities,
          {
            query:
              pageParam === ''
                ? {
                    fields: rowFields,
                    limit: pageSizes.first,
                    orderField: order,
                    ...textParameter(filter.q),
                    filter: filterParameter(filter),
                    asOf: filter.asOf,
                  }
                : { fields: rowFields, limit: pageSizes.next, cursor: pageParam, asOf: filter.asOf },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ pageInfo }) => pageInfo.nextCursor,
      placeholderData: keepPreviousData,
    }),

  /** How many entities each kind has under the same filters. */
  kinds: (filter: CatalogFilter) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'kinds', { ...filter, kind: '' }],
      queryFn: async ({ signal }) => {
        const query = {
          facet: 'kind',
          filter: filterParameter(filter, 'kind'),
          asOf: filter.asOf,
          ...textParameter(filter.q),
        };
        const { facets } = await api.call(getEntityFacets, { query }, { signal });
        return facets['kind'] ?? [];
      },
      placeholderData: keepPreviousData,
    }),

  /**
   * Values of every filter. A filter with something chosen is counted without its own choice, so that the
   * other values show what choosing them would add; all others share one request.
   */
  facets: (filter: CatalogFilter) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'facets', filter],
      queryFn: ({ signal }) => readFacets(filter, signal),
      placeholderData: keepPreviousData,
    }),
};

async function readFacets(
  filter: CatalogFilter,
  signal: AbortSignal,
): Promise<Record<FacetName, FacetValues>> {
  const chosen = facetNames.filter((name) => filter[name].length > 0);
  const others = facetNames.filter((name) => filter[name].length === 0);
  const requests = [
    ...(others.length > 0 ? [{ names: others, omitted: undefined }] : []),
    ...chosen.map((name) => ({ names: [name], omitted: name })),
  ];
  const replies = await Promise.all(
    requests.map(async ({ names, omitted }) => {
      const query = {
        facet: names.map((name) => facetKeys[name]),
        filter: filterParameter(filter, omitted),
        asOf: filter.asOf,
        ...textParameter(filter.q),
      };
      const { facets } = await api.call(getEntityFacets, { query }, { signal });
      return names.map((name) => [name, ordered(name, facets[facetKeys[name]] ?? [])] as const);
    }),
  );
  // Every name is in exactly one request.
  return Object.fromEntries(replies.flat()) as Record<FacetName, FacetValues>;
}

function ordered(name: FacetName, values: FacetValues): FacetValues {
  return values
    .filter(({ value }) => name !== 'system' || value.startsWith('system:'))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}
