import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getEntitiesByRefs, getEntityFacets, queryEntities } from '@waymark/contracts';
import { api } from '../../../../lib/api.ts';
import { summaryFields } from '../../../../lib/entities/entities.queries.ts';
import { entityRefOf, entityTitle } from '../../../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../../../lib/query-keys.ts';
import { namedBy } from './field-options.ts';

/** An entity to choose. */
export interface EntityChoice {
  ref: string;
  title: string;
}

const maxChoices = 12;
const searchedFields = 'metadata.name,metadata.title,spec.profile.displayName';

/** What fields of entities ask the catalog, always for a few of many. */
export const entityChoicesQueries = {
  /** The entities of a filter that the term names, then those whose name holds it. */
  choices: (filter: readonly string[], term: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'choices', filter, term],
      queryFn: async ({ signal }): Promise<EntityChoice[]> => {
        if (term === '') return await askForChoices({ filter, signal });
        const named = namedBy(term, filter);
        const [first, others] = await Promise.all([
          named.length === 0 ? [] : askForChoices({ filter: named, signal }),
          askForChoices({ filter, signal, term }),
        ]);
        const isFirst = (ref: string) => first.some((choice) => choice.ref === ref);
        return [...first, ...others.filter(({ ref }) => !isFirst(ref))].slice(0, maxChoices);
      },
      placeholderData: keepPreviousData,
    }),

  /** Groups that a person is a member of; empty for one whom the catalog does not know. */
  groupsOf: (userRef: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'groups-of', userRef],
      queryFn: async ({ signal }): Promise<string[]> => {
        const body = { entityRefs: [userRef], fields: ['relations'] };
        const { items } = await api.call(getEntitiesByRefs, { query: {}, body }, { signal });
        const relations = items[0]?.relations ?? [];
        return relations.filter(({ type }) => type === 'memberOf').map(({ targetRef }) => targetRef);
      },
    }),

  /** Tags that entities have, the most frequent first. */
  tags: (kinds: readonly string[]) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'tags', kinds],
      queryFn: async ({ signal }): Promise<string[]> => {
        const filter = kinds.length > 0 ? [kinds.map((kind) => `kind=${kind}`).join(',')] : undefined;
        const { facets } = await api.call(
          getEntityFacets,
          { query: { facet: 'metadata.tags', filter } },
          { signal },
        );
        return (facets['metadata.tags'] ?? [])
          .toSorted((a, b) => b.count - a.count)
          .map(({ value }) => value);
      },
    }),
};

interface ChoicesQuestion {
  filter: readonly string[];
  term?: string;
  signal: AbortSignal;
}

async function askForChoices({ filter, term, signal }: ChoicesQuestion): Promise<EntityChoice[]> {
  const query = {
    filter: [...filter],
    limit: maxChoices,
    fields: summaryFields.join(','),
    orderField: 'metadata.name,asc',
    totalItems: 'exclude' as const,
    ...(term !== undefined && { fullTextFilterTerm: term, fullTextFilterFields: searchedFields }),
  };
  const { items } = await api.call(queryEntities, { query }, { signal });
  return items.map((entity) => ({ ref: entityRefOf(entity), title: entityTitle(entity) }));
}
