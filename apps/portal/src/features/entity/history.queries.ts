import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getEntityHistory, getEntityVersion } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../lib/query-keys.ts';

const pageSize = 50;

/** The past of an entity. */
export const historyQueries = {
  /** Its changes, newest first. */
  changes: (ref: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.catalog, 'history', ref],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          getEntityHistory,
          {
            params: parseRef(ref),
            query: { limit: pageSize, ...(pageParam !== '' && { cursor: pageParam }) },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),

  /** One version with its text. A version never changes, so it is asked once. */
  version: (ref: string, id: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'version', ref, id],
      queryFn: ({ signal }) => api.call(getEntityVersion, { params: { ...parseRef(ref), id } }, { signal }),
      staleTime: Infinity,
    }),
};
