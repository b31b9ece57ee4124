import { queryOptions } from '@tanstack/react-query';
import { listActions, listTemplatingExtensions } from '@waymark/contracts';
import { api } from '../../../lib/api.ts';

/** They change only with the server itself. */
const staleMs = 10 * 60_000;

/** What templates can be made of. */
export const actionsQueries = {
  actions: () =>
    queryOptions({
      queryKey: ['template-actions'],
      queryFn: ({ signal }) => api.call(listActions, {}, { signal }),
      staleTime: staleMs,
    }),
  extensions: () =>
    queryOptions({
      queryKey: ['templating-extensions'],
      queryFn: ({ signal }) => api.call(listTemplatingExtensions, {}, { signal }),
      staleTime: staleMs,
    }),
};
