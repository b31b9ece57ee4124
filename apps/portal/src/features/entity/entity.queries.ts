import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  catalogPageLimits,
  getEntitiesByRefs,
  getEntityByName,
  getEntityOrigin,
  queryEntities,
  type PartialEntity,
} from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { summaryFields } from '../../lib/entities/entities.queries.ts';
import { entityRefOf, parseRef } from '../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../lib/query-keys.ts';
import { nearestNames } from './nearest-names.ts';

/** Everything that the page of one entity reads. */
export const entityQueries = {
  /** The entity now, or as it was at an instant. */
  one: (ref: string, asOf?: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'entity', ref, asOf],
      queryFn: ({ signal }) =>
        api.call(getEntityByName, { params: parseRef(ref), query: { asOf } }, { signal }),
    }),

  origin: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'origin', ref],
      queryFn: ({ signal }) => api.call(getEntityOrigin, { params: parseRef(ref) }, { signal }),
    }),

  /** People by reference with their profiles: a map with null where the catalog has none. */
  people: (refs: readonly string[]) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'people', refs],
      queryFn: async ({ signal }) => {
        const entityRefs = refs.slice(0, catalogPageLimits.maxRefs);
        const { items } = await api.call(
          getEntitiesByRefs,
          { query: {}, body: { entityRefs, fields: [...summaryFields, 'spec.profile', 'spec.role'] } },
          { signal },
        );
        return new Map(entityRefs.map((ref, index) => [ref, items[index] ?? null]));
      },
      enabled: refs.length > 0,
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
