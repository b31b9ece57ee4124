import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  getSource,
  previewSourceRemoval,
  removeSource,
  updateLocation,
  updateSource,
  type EndpointInput,
  type Source,
} from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { queryKeys } from '../../lib/query-keys.ts';
import { forgetAskedRead } from '../../lib/sources/asked-reads.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';

type SourceChange = EndpointInput<typeof updateSource>['body'] | { target: string };

/** What would go with a source. Asked anew for each dialog. */
export const removalQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.sources, 'removal', id],
    queryFn: ({ signal }) => api.call(previewSourceRemoval, { params: { id } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** Pauses a source, goes on with it, or points it at another branch or path, a file at another address. */
export function useUpdateSource(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (change: SourceChange) => {
      if (!('target' in change)) return api.call(updateSource, { params: { id }, body: change });
      await api.call(updateLocation, { params: { id }, body: { type: 'url', ...change } });
      return api.call(getSource, { params: { id } });
    },
    onSuccess: (source: Source) => {
      queryClient.setQueryData(sourcesQueries.one(source.id).queryKey, source);
      return queryClient.invalidateQueries({ queryKey: queryKeys.sources });
    },
  });
}

/** Removes a source with what only it provides. */
export function useRemoveSource(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.call(removeSource, { params: { id } }),
    onSuccess: () => {
      forgetAskedRead(id);
      queryClient.setQueryData(sourcesQueries.all().queryKey, (sources) =>
        sources?.filter((source) => source.id !== id),
      );
      void queryClient.invalidateQueries({ queryKey: queryKeys.catalog });
      // What its own page still shows is asked for no more: the answer would be that it is gone.
      void queryClient.invalidateQueries({ queryKey: queryKeys.sources, refetchType: 'none' });
      return queryClient.refetchQueries({
        queryKey: queryKeys.sources,
        type: 'active',
        predicate: ({ queryKey }) => !queryKey.includes(id),
      });
    },
  });
}
