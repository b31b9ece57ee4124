import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { catalogPageLimits, getEntitiesByRefs, type PartialEntity } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';

/** What a list of names needs to know of an entity. */
export const summaryFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.profile.displayName',
];

/** Shared queries over entities by reference. */
export const entitiesQueries = {
  /** Short facts of many entities: a map with null where the catalog has none. */
  summaries: (refs: readonly string[]) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'summaries', refs],
      queryFn: async ({ signal }) => {
        const summaries = new Map<string, PartialEntity | null>();
        for (let start = 0; start < refs.length; start += catalogPageLimits.maxRefs) {
          const entityRefs = refs.slice(start, start + catalogPageLimits.maxRefs);
          const { items } = await api.call(
            getEntitiesByRefs,
            { query: {}, body: { entityRefs, fields: summaryFields } },
            { signal },
          );
          entityRefs.forEach((ref, index) => summaries.set(ref, items[index] ?? null));
        }
        return summaries;
      },
      enabled: refs.length > 0,
      placeholderData: keepPreviousData,
    }),
};
