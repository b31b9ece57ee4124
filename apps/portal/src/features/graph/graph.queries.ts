import { queryOptions } from '@tanstack/react-query';
import { queryEntities } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { summaryFields } from '../../lib/entities/entities.queries.ts';
import { queryKeys } from '../../lib/query-keys.ts';

const maxStarts = 100;

/** Domains and systems, by name: where a look at the whole company begins. */
export const graphStartsQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.catalog, 'graph-starts'],
    queryFn: ({ signal }) => {
      const query = {
        filter: ['kind=domain', 'kind=system'],
        fields: summaryFields.join(','),
        orderField: ['kind,asc', 'metadata.name,asc'],
        limit: maxStarts,
      };
      return api.call(queryEntities, { query }, { signal });
    },
  });
