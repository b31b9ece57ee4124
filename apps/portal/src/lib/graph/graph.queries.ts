import { queryOptions } from '@tanstack/react-query';
import { getGraph, getImpact, graphLimits, type EndpointReply } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';

/** A neighbourhood as the server tells it. */
export type Neighbourhood = EndpointReply<typeof getGraph>;
/** Whom and what an outage reaches. */
export type Impact = EndpointReply<typeof getImpact>;

/** What a neighbourhood is asked by. */
export interface GraphQuestion {
  rootRef: string;
  depth: number;
  direction: 'both' | 'forward' | 'backward';
  kinds: string[] | undefined;
  relations: string[] | undefined;
  limit: number;
  asOf: string | undefined;
}

/** Everything that graph and impact read. */
export const graphQueries = {
  neighbourhood: (question: GraphQuestion) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'graph', question],
      queryFn: ({ signal }) => {
        const { rootRef, depth, direction, kinds, relations, limit, asOf } = question;
        const query = {
          root: rootRef,
          depth: clamped(depth, 0, graphLimits.maxDepth),
          direction,
          kinds: kinds?.join(','),
          relations: relations?.join(','),
          limit: clamped(limit, 1, graphLimits.maxNodes),
          asOf,
        };
        return api.call(getGraph, { query }, { signal });
      },
      // Another depth of the same start redraws in place; another start must not show the last one.
      placeholderData: (previous, previousQuery) =>
        isSameRoot(previousQuery?.queryKey, question.rootRef) ? previous : undefined,
    }),

  impact: (ref: string) =>
    queryOptions({
      queryKey: [...queryKeys.catalog, 'impact', ref],
      queryFn: ({ signal }) => api.call(getImpact, { query: { entityRef: ref } }, { signal }),
    }),
};

function isSameRoot(key: readonly unknown[] | undefined, rootRef: string): boolean {
  const question = key?.at(-1);
  return (
    typeof question === 'object' && question !== null && 'rootRef' in question && question.rootRef === rootRef
  );
}

/** Whatever stands in the address, the server is asked within its bounds. */
function clamped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
