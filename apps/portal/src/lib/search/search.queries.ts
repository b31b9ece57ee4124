import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchQuery } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';

/** What is searched: words, and kinds to keep. */
export interface SearchQuestion {
  term: string;
  kinds?: readonly string[];
}

const pageSize = 25;

/** The search over everything in the catalog. */
export const searchQueries = {
  /** The best results of a term, for lists that open while somebody types. */
  best: ({ term, kinds = [] }: SearchQuestion, limit: number) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'search', 'best', term, kinds, limit],
      queryFn: ({ signal }) =>
        api.call(searchQuery, { query: { term, pageLimit: limit, ...kindFilter(kinds) } }, { signal }),
      enabled: term !== '',
      placeholderData: keepPreviousData,
    }),

  /** All results of a term, page by page. */
  pages: ({ term, kinds = [] }: SearchQuestion) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.catalog, 'search', 'pages', term, kinds],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          searchQuery,
          {
            query: {
              term,
              pageLimit: pageSize,
              ...kindFilter(kinds),
              ...(pageParam !== '' && { pageCursor: pageParam }),
            },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextPageCursor }) => nextPageCursor,
      enabled: term !== '',
      placeholderData: keepPreviousData,
    }),
};

/** Lists are written with brackets, as Backstage's clients write them. */
function kindFilter(kinds: readonly string[]): Record<string, string> {
  return Object.fromEntries(kinds.map((kind, index) => [`filters[kind][${index}]`, kind]));
}
