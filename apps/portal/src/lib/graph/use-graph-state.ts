import { useQueryStates } from 'nuqs';
import { useAsOf } from '../as-of/as-of.ts';
import type { GraphQuestion } from './graph.queries.ts';
import {
  forwardRelations,
  graphSearchParsers,
  maxShownDepth,
  usualRelations,
  type GraphGrouping,
} from './graph-search.ts';

type View = 'graph' | 'impact' | 'relations';

/** State of a graph in the address, and what changes it. Choices are steps to go back from, selections are not. */
export function useGraphState(rootRef: string) {
  const [search, setSearch] = useQueryStates(graphSearchParsers, { history: 'push', shallow: false });
  const { asOf } = useAsOf();
  const depth = Math.min(maxShownDepth, Math.max(1, search.depth));
  // The word "all" stands for every relation, also those that this page has no name for.
  const relations = search.relations?.includes('all')
    ? undefined
    : (search.relations ?? usualRelations(rootRef));
  const question: GraphQuestion = {
    rootRef,
    depth,
    direction: search.direction,
    kinds: search.kinds ?? undefined,
    relations,
    limit: search.limit,
    asOf,
  };
  return {
    ...search,
    /** The choice as it stands in the address; null where the usual ones are followed. */
    relationsInAddress: search.relations,
    depth,
    relations,
    question,
    isNarrowed: search.kinds !== null || search.relations !== null || search.direction !== 'both',
    setView: (view: View) => void setSearch({ view }),
    setDepth: (next: number) => void setSearch({ depth: next }),
    setDirection: (direction: GraphQuestion['direction']) => void setSearch({ direction }),
    setGroup: (group: GraphGrouping) => void setSearch({ group }),
    setLimit: (limit: number) => void setSearch({ limit }),
    setKinds: (kinds: string[]) => void setSearch({ kinds: kinds.length === 0 ? null : kinds }),
    setRelations: (next: string[]) =>
      void setSearch({ relations: next.length === forwardRelations.length ? ['all'] : next }),
    clear: () => void setSearch({ kinds: null, relations: null, direction: null }),
    select: (ref: string | null) => void setSearch({ node: ref }, { history: 'replace' }),
  };
}

export type GraphState = ReturnType<typeof useGraphState>;
