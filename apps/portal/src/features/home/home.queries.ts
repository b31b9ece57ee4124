import { queryOptions } from '@tanstack/react-query';
import { getEntitiesByRefs, getEntityFacets, type PartialEntity } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { compareKinds } from '../../lib/entities/kind-words.ts';
import { queryKeys } from '../../lib/query-keys.ts';

/** How many entities the catalog has of each kind, in the order of the catalog's tabs. */
export const kindCountsQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.catalog, 'kind-counts'],
    queryFn: async ({ signal }) => {
      const { facets } = await api.call(getEntityFacets, { query: { facet: 'kind' } }, { signal });
      return (facets['kind'] ?? []).toSorted((a, b) => compareKinds(a.value, b.value));
    },
  });

/** Who is using the portal, as the catalog knows them. */
export interface KnownPerson {
  /** Null where the catalog has no such user, as for the guest. */
  entity: PartialEntity | null;
  teamRefs: string[];
}

/** The person behind a reference with their teams. */
export const personQuery = (ref: string) =>
  queryOptions({
    queryKey: [...queryKeys.catalog, 'person', ref],
    queryFn: async ({ signal }): Promise<KnownPerson> => {
      const body = { entityRefs: [ref], fields: ['kind', 'metadata', 'relations'] };
      const { items } = await api.call(getEntitiesByRefs, { query: {}, body }, { signal });
      const entity = items[0] ?? null;
      const teams = (entity?.relations ?? []).filter(({ type }) => type === 'memberOf');
      return { entity, teamRefs: [...new Set(teams.map(({ targetRef }) => targetRef))].sort() };
    },
    enabled: ref !== '',
  });
