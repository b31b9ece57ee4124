import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getSource,
  listSourceConflicts,
  listSourceProblems,
  listSources,
  type Source,
  type SourceProblem,
} from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';
import { isAwaitingReads } from './asked-reads.ts';

const pageSize = 200;
/** The API holds "a few hundred at most"; this bound ends a list that never does. */
const maxSourcePages = 20;
const busyPollMs = 800;
const idlePollMs = 20_000;

/** A read is under way or asked for, so the state changes soon. */
export function isBusy(source: Source): boolean {
  return source.state === 'reading' || source.state === 'queued';
}

function pollMs(sources: Source[] | undefined): number {
  return sources?.some(isBusy) || isAwaitingReads(Date.now()) ? busyPollMs : idlePollMs;
}

/** Everything about sources. A source that reads is asked again every 0.8 s, all others every 20 s. */
export const sourcesQueries = {
  all: () =>
    queryOptions({
      queryKey: [...queryKeys.sources, 'all'],
      queryFn: ({ signal }) => readAllSources(signal),
      staleTime: 5_000,
      refetchInterval: ({ state }) => pollMs(state.data),
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: [...queryKeys.sources, 'one', id],
      queryFn: ({ signal }) => api.call(getSource, { params: { id } }, { signal }),
      staleTime: 5_000,
      refetchInterval: ({ state }) => pollMs(state.data && [state.data]),
    }),
  childrenOf: (discoveryId: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.sources, 'children', discoveryId],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listSources,
          { query: { parentId: discoveryId, limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
      refetchInterval: ({ state }) => pollMs(state.data?.pages.flatMap(({ items }) => items)),
    }),
  problems: (id: string, level: SourceProblem['level'] | undefined) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.sources, 'problems', id, level ?? 'any'],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listSourceProblems,
          {
            params: { id },
            query: { limit: pageSize, ...(level && { level }), ...(pageParam && { cursor: pageParam }) },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
  conflicts: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.sources, 'conflicts', id],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listSourceConflicts,
          { params: { id }, query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
};

async function readAllSources(signal: AbortSignal): Promise<Source[]> {
  const sources: Source[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxSourcePages; page += 1) {
    const reply = await api.call(
      listSources,
      { query: { limit: 500, ...(cursor && { cursor }) } },
      { signal },
    );
    sources.push(...reply.items);
    cursor = reply.nextCursor;
    if (cursor === undefined) break;
  }
  return sources;
}
