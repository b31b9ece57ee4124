import { queryOptions } from '@tanstack/react-query';
import { getApiDefinition, getApiDefinitionChanges } from '@waymark/contracts';
import { api } from '../../../lib/api.ts';
import { parseRef } from '../../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

/** What the API tab of an entity reads. */
export const apiDefinitionQueries = {
  /** @param etag - Of the entity, so that a changed definition is read again. */
  definition: (ref: string, etag: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'definition', ref, etag],
      queryFn: ({ signal }) => api.call(getApiDefinition, { params: parseRef(ref) }, { signal }),
    }),

  /** The last change of the definition. */
  changes: (ref: string, etag: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'definition-changes', ref, etag],
      queryFn: ({ signal }) =>
        api.call(getApiDefinitionChanges, { params: parseRef(ref), query: {} }, { signal }),
    }),
};
