import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { partialEntitySchema } from './entity.ts';
import {
  asOfParameter,
  catalogPageLimits,
  commaList,
  filterParameter,
  maxCursorLength,
  predicateSchema,
  repeatable,
} from './query-parameters.ts';

/** Query of `entities/by-query`, as in Backstage's protocol. */
export const queryEntitiesQuerySchema = z.object({
  filter: filterParameter.describe('`key=value,key2` is an AND of conditions; repeated: OR'),
  fields: commaList(4000).describe('Comma list of paths to keep, e.g. `kind,metadata.name`'),
  limit: z.coerce.number().int().min(0).max(catalogPageLimits.max).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).optional(),
  orderField: repeatable(8, 300).describe('`path,asc` or `path,desc`; repeated: further keys'),
  fullTextFilterTerm: z.string().max(500).optional(),
  fullTextFilterFields: commaList(1000),
  cursor: z.string().max(maxCursorLength.url).optional(),
  totalItems: z.enum(['include', 'exclude']).optional(),
  asOf: asOfParameter,
});

const pageOfEntitiesSchema = z.object({
  items: z.array(partialEntitySchema),
  totalItems: z.int(),
  pageInfo: z.object({ nextCursor: z.string().optional(), prevCursor: z.string().optional() }),
});

/** `GET entities/by-query`: a page of entities with the cursors to its neighbours. */
export const queryEntities = defineEndpoint({
  name: 'queryEntities',
  method: 'GET',
  path: '/api/catalog/entities/by-query',
  summary: 'Find entities by filter, text and order, page by page',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  query: queryEntitiesQuerySchema,
  reply: pageOfEntitiesSchema,
});

/** `POST entities/by-query`: the same with a predicate instead of the filter parameters. */
export const queryEntitiesByPredicate = defineEndpoint({
  name: 'queryEntitiesByPredicate',
  method: 'POST',
  path: '/api/catalog/entities/by-query',
  summary: 'Find entities by predicate, text and order, page by page',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  body: z.object({
    query: predicateSchema.optional(),
    fields: z.array(z.string().max(300)).max(100).optional(),
    limit: z.int().min(0).max(catalogPageLimits.max).optional(),
    offset: z.int().min(0).max(10_000_000).optional(),
    orderBy: z
      .array(z.object({ field: z.string().min(1).max(300), order: z.enum(['asc', 'desc']) }))
      .max(8)
      .optional(),
    fullTextFilter: z
      .object({
        term: z.string().max(500).optional(),
        fields: z.array(z.string().max(300)).max(50).optional(),
      })
      .optional(),
    cursor: z.string().max(maxCursorLength.body).optional(),
    totalItems: z.enum(['include', 'exclude']).optional(),
  }),
  reply: pageOfEntitiesSchema,
});

/** `GET entities`: Backstage's older list, all of it unless `limit` says otherwise; `Link` names the next page. */
export const listEntities = defineEndpoint({
  name: 'listEntities',
  method: 'GET',
  path: '/api/catalog/entities',
  summary: 'List entities (older form of by-query)',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  query: z.object({
    filter: filterParameter,
    fields: commaList(4000),
    limit: z.coerce.number().int().min(0).max(10_000).optional(),
    offset: z.coerce.number().int().min(0).max(10_000_000).optional(),
    after: z.string().max(maxCursorLength.url).optional(),
    order: repeatable(8, 300).describe('`asc:path` or `desc:path`; repeated: further keys'),
  }),
  reply: z.array(partialEntitySchema),
});

const facetCountsSchema = z.object({
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))),
});

/** `GET entity-facets`: how many entities have each value of a path. */
export const getEntityFacets = defineEndpoint({
  name: 'getEntityFacets',
  method: 'GET',
  path: '/api/catalog/entity-facets',
  summary: 'Count entities by the values of given paths',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  query: z.object({
    facet: z
      .union([z.string().min(1).max(300), z.array(z.string().min(1).max(300)).min(1).max(30)])
      .transform((value) => (Array.isArray(value) ? value : [value])),
    filter: filterParameter,
    fullTextFilterTerm: z.string().max(500).optional(),
    fullTextFilterFields: commaList(1000),
    asOf: asOfParameter,
  }),
  reply: facetCountsSchema,
});

/** `POST entity-facets`: the same within a predicate. */
export const getEntityFacetsByPredicate = defineEndpoint({
  name: 'getEntityFacetsByPredicate',
  method: 'POST',
  path: '/api/catalog/entity-facets',
  summary: 'Count entities by the values of given paths, within a predicate',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  body: z.object({
    facets: z.array(z.string().min(1).max(300)).min(1).max(30),
    query: predicateSchema.optional(),
  }),
  reply: facetCountsSchema,
});

/** Most entities of one export. */
export const maxExportedEntities = 100_000;

/** `GET entities/export`: everything that a filter matches, streamed as CSV or JSON. */
export const exportEntities = defineEndpoint({
  name: 'exportEntities',
  method: 'GET',
  path: '/api/catalog/entities/export',
  summary: 'All entities that match, as a file',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  query: queryEntitiesQuerySchema
    .pick({ filter: true, orderField: true, fullTextFilterTerm: true, fullTextFilterFields: true })
    .extend({
      format: z.enum(['csv', 'json']).default('csv'),
      columns: commaList(2000).describe(
        'Paths of the columns of a CSV file, e.g. `metadata.name,spec.owner`',
      ),
    }),
  reply: z.string(),
});
