import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelTask, getRun, listTemplates, retryTask, undoRun, type Run } from '@waymark/contracts';
import { api } from '../../../lib/api.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { emptyRunLog, type RunLog } from './log/run-log.ts';

/** The stream tells what happens; this only finds what a lost message would hide. */
const runningPollMs = 5_000;
const waitingPollMs = 2_000;
const undoingPollMs = 1_000;
const templatesStaleMs = 5 * 60_000;

/** A run, and its log as far as it has been told. */
export const runQueries = {
  one: (id: string) =>
    queryOptions({
      queryKey: [...queryKeys.runs, 'one', id],
      queryFn: ({ signal }) => api.call(getRun, { params: { taskId: id } }, { signal }),
      staleTime: 2_000,
      refetchInterval: ({ state }) => pollMs(state.data),
    }),
  /** Never asked for: what the stream tells is put here, and is still here when somebody comes back. */
  log: (id: string) =>
    queryOptions<RunLog>({
      queryKey: [...queryKeys.runs, 'log', id],
      queryFn: () => emptyRunLog,
      enabled: false,
      staleTime: Infinity,
      initialData: emptyRunLog,
      // Thousands of lines that never change are not to be compared with themselves.
      structuralSharing: false,
    }),
  /** What the list can be narrowed to. */
  templates: () =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'templates-of-runs'],
      queryFn: async ({ signal }) => {
        const { templates } = await api.call(listTemplates, {}, { signal });
        return templates.toSorted((a, b) => a.title.localeCompare(b.title));
      },
      staleTime: templatesStaleMs,
    }),
};

function pollMs(run: Run | undefined): number | false {
  if (run === undefined) return false;
  if (run.undo?.state === 'running') return undoingPollMs;
  if (run.status === 'open') return waitingPollMs;
  return run.status === 'processing' && runningPollMs;
}

/** Stops a run. */
export function useCancelRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.call(cancelTask, { params: { taskId: id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.runs }),
  });
}

/** Goes on with a run at the step that failed. */
export function useRetryRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.call(retryTask, { params: { taskId: id }, body: {} }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.runs }),
  });
}

/** Takes back what a run made outside. */
export function useUndoRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.call(undoRun, { params: { taskId: id } }),
    onSuccess: (run) => {
      queryClient.setQueryData(runQueries.one(id).queryKey, run);
      return queryClient.invalidateQueries({ queryKey: queryKeys.runs });
    },
  });
}
