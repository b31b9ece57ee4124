import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listRuns, type RunSummary } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';
import { isMoving } from './run-words.ts';
import type { RunScope, RunStatus } from './runs-search.ts';

const pageSize = 50;
/** More than anybody has under way; the server bounds it too. */
const maxUnderWay = 100;
const recentLimit = 20;
const movingPollMs = 3_000;
const countPollMs = 5_000;
const idlePollMs = 30_000;

/** What a list of runs is narrowed to. */
export interface RunListFilter {
  scope: RunScope;
  status: RunStatus | undefined;
  templateRef: string | undefined;
}

/** Lists of runs. They are asked again while something in them moves, and only while somebody looks. */
export const runsQueries = {
  list: (filter: RunListFilter) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.runs, 'list', filter],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listRuns,
          { query: { ...filter, limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: keepPreviousData,
      staleTime: 0,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ runs }) => runs.some(isMoving)) === true && movingPollMs,
    }),
  /** Of the person who asks: what waits or runs. */
  underWay: () =>
    queryOptions({
      queryKey: [...queryKeys.runs, 'under-way'],
      queryFn: async ({ signal }) => {
        const replies = await Promise.all(
          (['processing', 'open'] as const).map((status) =>
            api.call(listRuns, { query: { scope: 'mine', status, limit: maxUnderWay } }, { signal }),
          ),
        );
        return replies.flatMap(({ runs }) => runs);
      },
      staleTime: 2_000,
      refetchInterval: ({ state }) => (hasAny(state.data) ? countPollMs : idlePollMs),
    }),
  /** Of the person who asks: the last ones. */
  recent: () =>
    queryOptions({
      queryKey: [...queryKeys.runs, 'recent'],
      queryFn: async ({ signal }) =>
        (await api.call(listRuns, { query: { scope: 'mine', limit: recentLimit } }, { signal })).runs,
      staleTime: 2_000,
      refetchInterval: ({ state }) => state.data?.some(isMoving) === true && movingPollMs,
    }),
};

function hasAny(runs: readonly RunSummary[] | undefined): boolean {
  return runs !== undefined && runs.length > 0;
}
