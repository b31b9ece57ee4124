import { useInfiniteQuery } from '@tanstack/react-query';
import { debounce, useQueryStates } from 'nuqs';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { z } from 'zod';
import { instantOf } from '../../lib/as-of/as-of.ts';
import { createStoredValue, useStoredValue } from '../../lib/browser/stored-value.ts';
import { catalogSearchParsers, type FacetName } from '../../lib/catalog-search.ts';
import { useStarredEntities } from '../../lib/entities/remembered-entities.ts';
import { toggled } from '../../lib/toggled.ts';
import { useKept } from '../../lib/use-kept.ts';
import { defaultColumns, orderParameter } from './catalog-columns.tsx';
import { chosenFacets, noFilters, type CatalogFilter } from './catalog-filter.ts';
import { catalogQueries } from './catalog.queries.ts';

const addressDelayMs = 250;

/** Columns that a person chose, by kind. */
const chosenColumns = createStoredValue('catalog-columns', z.record(z.string(), z.array(z.string())), {});

/** The catalog's state in the address, and what changes it. Each change but typing is a step to go back from. */
export function useCatalogState() {
  const [search, setSearch] = useQueryStates(catalogSearchParsers, { history: 'push', shallow: false });
  const stored = useStoredValue(chosenColumns);
  const starred = useStarredEntities();
  // The field shows a letter before anything else is drawn for it.
  const askedText = useDeferredValue(search.q);
  // An emptied field asks at once: there is nothing more to type.
  const text = search.q === '' ? '' : askedText;
  const filter = useMemo((): CatalogFilter => {
    const { kind, set, asOf } = search;
    return {
      ...chosenFacets(search),
      kind,
      q: text,
      asOf: instantOf(asOf),
      ...(set === 'starred' && { refs: starred.map(({ ref }) => ref) }),
    };
  }, [search, text, starred]);
  // From the state of that moment: what is drawn may be a tick behind.
  const toggleFacet = useCallback(
    (name: FacetName, value: string) =>
      void setSearch(({ [name]: values }) => {
        const next = toggled(values, value);
        return { [name]: next.length === 0 ? null : next };
      }),
    [setSearch],
  );
  return {
    search,
    filter,
    columns: search.columns ?? stored[search.kind],
    setText: (q: string) =>
      void setSearch(
        { q: q === '' ? null : q },
        { history: 'replace', limitUrlUpdates: debounce(addressDelayMs) },
      ),
    toggleFacet,
    clearFilters: () => void setSearch({ ...noFilters, set: null }),
    setSort: (sort: string) => void setSearch({ sort: sort === 'name' ? null : sort }),
    toggleStarredSet: () => void setSearch(({ set }) => ({ set: set === 'starred' ? null : 'starred' })),
    setColumns: (ids: string[]) => {
      const defaults = defaultColumns(search.kind);
      const isDefault = ids.length === defaults.length && defaults.every((id) => ids.includes(id));
      const others = Object.fromEntries(Object.entries(stored).filter(([kind]) => kind !== search.kind));
      chosenColumns.set(isDefault ? others : { ...others, [search.kind]: ids });
      void setSearch({ columns: isDefault ? null : ids }, { history: 'replace' });
    },
  };
}

export type CatalogState = ReturnType<typeof useCatalogState>;

/** The question for the rows of a state. */
export function rowsQuery({ filter, search: { sort, kind } }: Pick<CatalogState, 'filter' | 'search'>) {
  return catalogQueries.list(filter, orderParameter(sort, kind));
}

/**
 * The state as it was when the question to the server last changed. What shows answers takes this one: a letter that
 * is only typed so far then draws nothing but its field.
 */
export function useAskedState(state: CatalogState): CatalogState {
  return useKept(state, JSON.stringify([state.filter, { ...state.search, q: '' }, state.columns]));
}

/** The state that the rows answer: while newer ones are under way it is an older one. */
export function useAnsweredState(asked: CatalogState): CatalogState {
  const { isPlaceholderData } = useInfiniteQuery(rowsQuery(asked));
  const [answered, setAnswered] = useState(asked);
  if (isPlaceholderData || answered === asked) return answered;
  setAnswered(asked);
  return asked;
}
