import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  getEntityByName,
  getEntityOrigin,
  queryEntities,
  refreshEntity,
  type PartialEntity,
} from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { summaryFields } from '../../lib/entities/entities.queries.ts';
import { entityRefOf, parseRef } from '../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../lib/query-keys.ts';
import { noteAskedRead } from '../../lib/sources/asked-reads.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { nearestNames } from './nearest-names.ts';

/** Owned things on the page of a group; the catalog has the rest. */
export const maxOwnedShown = 100;

/** Everything that the page of one entity reads. */
export const entityQueries = {
  one: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'entity', ref],
      queryFn: ({ signal }) => api.call(getEntityByName, { params: parseRef(ref) }, { signal }),
    }),

  origin: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'origin', ref],
      queryFn: ({ signal }) => api.call(getEntityOrigin, { params: parseRef(ref) }, { signal }),
    }),

  /** What these owners own, by kind and name. */
  ownedBy: (ownerRefs: readonly string[]) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'owned-by', ownerRefs],
      queryFn: ({ signal }) =>
        api.call(
          queryEntities,
          {
            query: {
              filter: ownerRefs.map((ref) => `relations.ownedBy=${ref}`).join(','),
              fields: summaryFields.join(','),
              orderField: ['kind,asc', 'metadata.name,asc'],
              limit: maxOwnedShown,
            },
          },
          { signal },
        ),
      enabled: ownerRefs.length > 0,
      placeholderData: keepPreviousData,
    }),

  /** Entities whose names are like one that does not exist, the nearest first. */
  nearest: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'nearest', ref],
      queryFn: async ({ signal }) => {
        const { kind, name } = parseRef(ref);
        const found = new Map<string, PartialEntity>();
        for (const term of searchTerms(name)) {
          const query = {
            fullTextFilterTerm: term,
            fullTextFilterFields: 'metadata.name,metadata.title',
            fields: summaryFields.join(','),
            limit: 50,
          };
          const { items } = await api.call(queryEntities, { query }, { signal });
          for (const item of items) found.set(entityRefOf(item), item);
          if (found.size >= 5) break;
        }
        return nearestNames({ kind, name }, [...found.values()]);
      },
    }),
};

/** What to look for, the whole name first: then its parts, the longest first, then their beginnings. */
function searchTerms(name: string): string[] {
  const parts = name
    .split(/[-_.]/)
    .filter((part) => part.length >= 3)
    .sort((a, b) => b.length - a.length);
  return [...new Set([name, ...parts, ...parts.map((part) => part.slice(0, 3))])].slice(0, 6);
}

/** Asks for a new read of the source that an entity comes from. */
export function useRefreshEntity(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { sourceId } = await queryClient.ensureQueryData(entityQueries.origin(ref));
      const source = await queryClient.fetchQuery({ ...sourcesQueries.one(sourceId), staleTime: 0 });
      await api.call(refreshEntity, { body: { entityRef: ref } });
      noteAskedRead(source, Date.now());
      return source;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.sources }),
  });
}
