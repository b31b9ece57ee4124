import { useQueryStates } from 'nuqs';
import { useAsOf } from '../as-of/as-of.ts';
import type { GraphQuestion } from './graph.queries.ts';
import {
  graphSearchParsers,
  maxShownDepth,
  usualRelations,
  type GraphGrouping,
  type GraphSearch,
} from './graph-search.ts';

type View = 'graph' | 'impact' | 'relations';

/** State of a graph in the address, and what changes it. Choices are steps to go back from, selections are not. */
export function useGraphState(rootRef: string) {
  const [search, setSearch] = useQueryStates(graphSearchParsers, { history: 'push', shallow: false });
  const { asOf } = useAsOf();
  const depth = Math.min(maxShownDepth, Math.max(1, search.depth));
  const kinds = listed(search.kinds);
  // The word "all" stands for every relation, also those that this page has no name for.
  const chosenRelations = listed(search.relations);
  const relations = chosenRelations?.includes('all')
    ? undefined
    : (chosenRelations ?? usualRelations(rootRef));
  const question: GraphQuestion = {
    rootRef,
    depth,
    direction: search.direction,
    kinds,
    relations,
    limit: search.limit,
    asOf,
  };
  return {
    ...search,
    kinds,
    depth,
    relations,
    question,
    isNarrowed: kinds !== undefined || chosenRelations !== undefined || search.direction !== 'both',
    setView: (view: View) => void setSearch({ view }),
    setDepth: (next: number) => void setSearch({ depth: next }),
    setDirection: (direction: GraphQuestion['direction']) => void setSearch({ direction }),
    setGroup: (group: GraphGrouping) => void setSearch({ group }),
    setLimit: (limit: number) => void setSearch({ limit }),
    /** Undefined for all. */
    setKinds: (next: string[] | undefined) => void setSearch({ kinds: next ?? null }),
    setRelations: (next: string[] | undefined) => void setSearch({ relations: next ?? ['all'] }),
    clear: () => void setSearch({ kinds: null, relations: null, direction: null }),
    /** The same look at another start, for its address. What was selected here stays behind. */
    searchFrom: (ref: string): GraphSearch => ({ ...search, root: ref, node: null, asOf: asOf ?? null }),
    select: (ref: string | null) => void setSearch({ node: ref }, { history: 'replace' }),
  };
}

/** The values of a list in the address; undefined where it has none. */
function listed(values: string[] | null): string[] | undefined {
  return values === null || values.length === 0 ? undefined : values;
}

export type GraphState = ReturnType<typeof useGraphState>;
