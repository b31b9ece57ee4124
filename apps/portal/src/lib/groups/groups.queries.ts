import { queryOptions } from '@tanstack/react-query';
import { catalogPageLimits, getEntityFacets, queryEntities, type PartialEntity } from '@waymark/contracts';
import { api } from '../api.ts';
import { summaryFields } from '../entities/entities.queries.ts';
import { queryKeys } from '../query-keys.ts';
import { buildGroupTree, type GroupTree } from './group-tree.ts';

/** More groups than the largest companies have; beyond it the tree says that it is cut. */
export const maxGroups = 10_000;

const groupFields = [
  ...summaryFields,
  'metadata.links',
  'spec.parent',
  'spec.children',
  'spec.profile.email',
  'spec.profile.picture',
].join(',');

/** All groups with what each owns and who belongs to it, counted. */
export interface GroupDirectory {
  tree: GroupTree;
  /** Groups that the catalog has; more than the tree holds when it is cut. */
  totalGroups: number;
  /** Entities that name the group, or a person, as their owner. */
  ownedBy: ReadonlyMap<string, number>;
  /** People of the catalog that belong to the group itself. */
  membersOf: ReadonlyMap<string, number>;
}

/** Shared queries over groups: teams, the pages of groups and people, home. */
export const groupsQueries = {
  directory: () =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'group-directory'],
      queryFn: async ({ signal }): Promise<GroupDirectory> => {
        const [{ groups, totalGroups }, ownedBy, membersOf] = await Promise.all([
          readGroups(signal),
          readCounts('relations.ownedBy', undefined, signal),
          readCounts('relations.memberOf', 'kind=user', signal),
        ]);
        return { tree: buildGroupTree(groups), totalGroups, ownedBy, membersOf };
      },
    }),
};

async function readGroups(signal: AbortSignal): Promise<{ groups: PartialEntity[]; totalGroups: number }> {
  const groups: PartialEntity[] = [];
  let cursor: string | undefined;
  for (;;) {
    const query =
      cursor === undefined
        ? { filter: 'kind=group', orderField: 'metadata.name,asc', fields: groupFields }
        : { cursor, fields: groupFields };
    const { items, totalItems, pageInfo } = await api.call(
      queryEntities,
      { query: { ...query, limit: catalogPageLimits.max } },
      { signal },
    );
    groups.push(...items);
    cursor = pageInfo.nextCursor;
    if (cursor === undefined || groups.length >= maxGroups) return { groups, totalGroups: totalItems };
  }
}

async function readCounts(
  facet: string,
  filter: string | undefined,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const { facets } = await api.call(
    getEntityFacets,
    { query: { facet, ...(filter !== undefined && { filter }) } },
    { signal },
  );
  return new Map((facets[facet] ?? []).map(({ value, count }) => [value, count]));
}
