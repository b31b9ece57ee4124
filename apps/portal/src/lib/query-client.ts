import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@waymark/api-client';
import { connection } from './browser/connection.ts';

const maxRetries = 2;
const staleMs = 30_000;
const keptMs = 15 * 60_000;

/** Makes the cache of what the server told. Tests make one each. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onSuccess: () => connection.report(true),
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'client.offline') connection.report(false);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        gcTime: keptMs,
        // A portal on the own machine works without a network: let fetch itself tell.
        networkMode: 'always',
        retry: (failures, error) => failures < maxRetries && isWorthRetrying(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** What may go away by itself: no answer, or a server that is starting or busy. Never a verdict. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === 'client.offline' || (error.status !== undefined && error.status >= 502);
}
