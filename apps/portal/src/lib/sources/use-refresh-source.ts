import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshSource, type Source } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';
import { tellError } from '../ui/tell-error.ts';
import { noteAskedRead } from './asked-reads.ts';
import { sourceName } from './source-words.ts';
import { sourcesQueries } from './sources.queries.ts';

/** Asks for a read of a source now. Its state then shows the progress. */
export function useRefreshSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (source: Pick<Source, 'id' | 'target' | 'lastReadAt'>) =>
      api.call(refreshSource, { params: { id: source.id } }),
    onMutate: (source) => noteAskedRead(source, Date.now()),
    onSuccess: (source) => {
      queryClient.setQueryData(sourcesQueries.one(source.id).queryKey, source);
      queryClient.setQueryData(sourcesQueries.all().queryKey, (sources) =>
        sources?.map((each) => (each.id === source.id ? source : each)),
      );
      return queryClient.invalidateQueries({ queryKey: queryKeys.sources });
    },
    onError: (error, source) => tellError(error, `${sourceName(source)} was not asked`),
  });
}
