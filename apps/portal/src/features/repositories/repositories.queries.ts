import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getFile,
  getRepository,
  getTree,
  listBranches,
  listCommits,
  listRepositories,
} from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { queryKeys } from '../../lib/query-keys.ts';

/** What names a repository. */
export interface RepositoryName {
  owner: string;
  name: string;
}

/** A place in a repository; without `ref` on its default branch. */
export interface RepositoryPlace extends RepositoryName {
  ref?: string | undefined;
  path: string;
}

const branchesAtOnce = 200;
/** Somebody may push while a page is open: what is older than this is asked for again. */
const staleMs = 10_000;

const keyOf = ({ owner, name }: RepositoryName) => [...queryKeys.repositories, 'one', owner, name];
const placeQuery = ({ ref, path }: RepositoryPlace) => ({ path, ...(ref === undefined ? {} : { ref }) });
const paramsOf = ({ owner, name }: RepositoryName) => ({ owner, name });

/** Everything about the repositories that the portal keeps. */
export const repositoriesQueries = {
  list: (q: string) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.repositories, 'list', q],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listRepositories,
          { query: { ...(q && { q }), ...(pageParam && { cursor: pageParam }) } },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: keepPreviousData,
      staleTime: staleMs,
    }),
  one: (repository: RepositoryName) =>
    queryOptions({
      queryKey: keyOf(repository),
      queryFn: ({ signal }) => api.call(getRepository, { params: paramsOf(repository) }, { signal }),
      staleTime: staleMs,
    }),
  branches: (repository: RepositoryName) =>
    queryOptions({
      queryKey: [...keyOf(repository), 'branches'],
      queryFn: ({ signal }) =>
        api.call(
          listBranches,
          { params: paramsOf(repository), query: { limit: branchesAtOnce } },
          { signal },
        ),
      staleTime: staleMs,
    }),
  tree: (place: RepositoryPlace) =>
    infiniteQueryOptions({
      queryKey: [...keyOf(place), 'tree', place.ref ?? '', place.path],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          getTree,
          {
            params: paramsOf(place),
            query: { ...placeQuery(place), ...(pageParam && { cursor: pageParam }) },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: staleMs,
    }),
  file: (place: RepositoryPlace) =>
    queryOptions({
      queryKey: [...keyOf(place), 'file', place.ref ?? '', place.path],
      queryFn: ({ signal }) =>
        api.call(getFile, { params: paramsOf(place), query: placeQuery(place) }, { signal }),
      staleTime: staleMs,
    }),
  commits: (place: RepositoryPlace) =>
    infiniteQueryOptions({
      queryKey: [...keyOf(place), 'commits', place.ref ?? '', place.path],
      queryFn: ({ signal, pageParam }) =>
        api.call(
          listCommits,
          {
            params: paramsOf(place),
            query: { ...placeQuery(place), ...(pageParam && { cursor: pageParam }) },
          },
          { signal },
        ),
      initialPageParam: '',
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: staleMs,
    }),
};
