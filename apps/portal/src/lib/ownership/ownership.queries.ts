import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getOwnershipSummary, listOwnershipFindings, type OwnershipCheck } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';

const pageSize = 100;

/** What is wrong with ownership. It is part of the catalog, so every read of a source asks it again. */
export const ownershipQueries = {
  summary: () =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'ownership', 'summary'],
      queryFn: ({ signal }) => api.call(getOwnershipSummary, {}, { signal }),
    }),
  findings: (check: OwnershipCheck) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.catalog, 'ownership', check],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listOwnershipFindings,
          { params: { check }, query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
};
