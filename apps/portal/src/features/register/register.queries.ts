import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { analyzeSource, registerSource, type SourceInput } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { queryKeys } from '../../lib/query-keys.ts';
import { noteAskedRead } from '../../lib/sources/asked-reads.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';

/** What the register wizard reads. */
export const registerQueries = {
  /** Looks at a place without keeping anything. A failure is a verdict, so it is not tried again by itself. */
  analysis: (input: SourceInput) =>
    queryOptions({
      queryKey: [...queryKeys.analyses, input],
      queryFn: ({ signal }) => api.call(analyzeSource, { body: input }, { signal }),
      enabled: input.target !== '',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Infinity,
    }),
};

/** Registers what was looked at. Its first read is then followed as if somebody had asked for it. */
export function useRegisterSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: SourceInput) => api.call(registerSource, { body: input }),
    onSuccess: (source) => {
      noteAskedRead(source, Date.now());
      queryClient.setQueryData(sourcesQueries.one(source.id).queryKey, source);
      // The one that is shown stays until the page is left: asked again now, it would take the page's place.
      void queryClient.invalidateQueries({ queryKey: queryKeys.analyses, refetchType: 'none' });
      return queryClient.invalidateQueries({ queryKey: queryKeys.sources });
    },
  });
}
