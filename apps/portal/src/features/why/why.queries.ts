import { queryOptions } from '@tanstack/react-query';
import { getEntityWhy, searchQuery } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../lib/query-keys.ts';

const maxNamesakes = 50;

/** Everything that the page "Why?" reads. */
export const whyQueries = {
  /** Why an entity is, or is not, in the catalog. */
  answer: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'why', ref],
      queryFn: ({ signal }) => api.call(getEntityWhy, { params: parseRef(ref) }, { signal }),
    }),

  /** References of everything that has exactly this name, whatever its kind. */
  namesakes: (name: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'namesakes', name],
      queryFn: async ({ signal }) => {
        const query = { term: name, pageLimit: maxNamesakes };
        const { results } = await api.call(searchQuery, { query }, { signal });
        return results
          .filter(({ document }) => document.name.toLowerCase() === name.toLowerCase())
          .map(({ document }) => document.entityRef);
      },
      enabled: name !== '',
    }),
};
