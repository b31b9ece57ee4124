import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/**
 * `GET /api/search/query` in Backstage's shape. Backstage's client writes lists and filters with
 * brackets (`types[0]=…`, `filters[kind]=…`, as `qs` does), so the query is read loosely here and
 * strictly by the service.
 */
export const searchQuery = defineEndpoint({
  name: 'searchQuery',
  method: 'GET',
  path: '/api/search/query',
  summary: 'Search the catalog by words, beginnings and parts of words, typos forgiven',
  tag: 'search',
  permission: 'catalog.entity.read',
  query: z.looseObject({
    term: z.string().max(200).default(''),
    pageCursor: z.string().max(200).optional(),
    pageLimit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  reply: z.object({
    results: z.array(
      z.object({
        /** `software-catalog`, as in Backstage. */
        type: z.string(),
        rank: z.int(),
        document: z.looseObject({
          title: z.string(),
          text: z.string(),
          location: z.string(),
          kind: z.string(),
          namespace: z.string(),
          name: z.string(),
          entityRef: z.string(),
          componentType: z.string(),
          lifecycle: z.string(),
          owner: z.string(),
        }),
        /** Fields with the matched letters between `preTag` and `postTag`. Plain text, never HTML. */
        highlight: z
          .object({ preTag: z.string(), postTag: z.string(), fields: z.record(z.string(), z.string()) })
          .optional(),
        /** The term was not found as written; this is like it. */
        isFuzzy: z.boolean(),
      }),
    ),
    nextPageCursor: z.string().optional(),
    previousPageCursor: z.string().optional(),
    numberOfResults: z.int(),
    /** How many of the results each kind has, whatever filter on kinds is set. */
    kinds: z.array(z.object({ value: z.string(), count: z.int() })),
  }),
});
export type SearchResult = z.output<typeof searchQuery.reply>['results'][number];
