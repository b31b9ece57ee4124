import { queryOptions } from '@tanstack/react-query';
import { getPortalInfo } from '@waymark/contracts';
import { api } from './api.ts';
import { queryKeys } from './query-keys.ts';

/** Who serves, and who asks. */
export const portalInfoQuery = () =>
  queryOptions({
    queryKey: queryKeys.portal,
    queryFn: ({ signal }) => api.call(getPortalInfo, {}, { signal }),
    staleTime: 5 * 60_000,
  });
