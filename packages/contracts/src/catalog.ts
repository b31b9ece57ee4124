import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams, entitySchema, partialEntitySchema } from './entity.ts';

/** Most items that one page may hold, and the default of Backstage's protocol. */
export const catalogPageLimits = { default: 20, max: 1000, maxRefs: 1000 } as const;

/** A parameter that may be repeated (`filter=a&filter=b`). */
const repeatable = (maxItems: number, maxLength: number) =>
  z
    .union([z.string().max(maxLength), z.array(z.string().max(maxLength)).max(maxItems)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();

const commaList = (maxLength: number) =>
  z
    .union([z.string().max(maxLength), z.array(z.string().max(maxLength)).max(50)])
    .transform((value) =>
      (Array.isArray(value) ? value : [value])
        .flatMap((part) => part.split(','))
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .optional();

const filterParameter = repeatable(50, 4000);

/** The catalog as it was at an instant of the past. */
const asOfParameter = z.iso
  .datetime({ offset: true })
  .optional()
  .describe('Waymark only: the catalog as it was at this instant');

/**
 * A predicate of Backstage's query language (`$all`, `$any`, `$not`, `$exists`, `$in`, `$hasPrefix`,
 * `$contains`). Its grammar is checked by `@backstage/filter-predicates`.
 */
const predicateSchema = z.record(z.string(), z.unknown()).describe('A filter predicate');

/** A cursor carries its query: a body may hold a longer one than a URL. */
const maxCursorLength = { url: 20_000, body: 200_000 } as const;

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

const uidParams = z.object({ uid: z.string().min(1).max(100) });

/** `GET entities/by-uid/:uid`. */
export const getEntityByUid = defineEndpoint({
  name: 'getEntityByUid',
  method: 'GET',
  path: '/api/catalog/entities/by-uid/:uid',
  summary: 'One entity by its uid',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: uidParams,
  reply: entitySchema,
});

/** `DELETE entities/by-uid/:uid`: takes an entity out; a source that still has it brings it back at its next read. */
export const deleteEntityByUid = defineEndpoint({
  name: 'deleteEntityByUid',
  method: 'DELETE',
  path: '/api/catalog/entities/by-uid/:uid',
  summary: 'Take an entity out of the catalog until its source is read again',
  tag: 'catalog',
  permission: 'catalog.entity.delete',
  params: uidParams,
  status: 204,
  reply: z.null(),
});

/** `GET …/ancestry`: the entity and the locations that lead to it. */
export const getEntityAncestry = defineEndpoint({
  name: 'getEntityAncestry',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/ancestry',
  summary: 'An entity and the locations that brought it in',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  reply: z.object({
    rootEntityRef: z.string(),
    items: z.array(z.object({ entity: entitySchema, parentEntityRefs: z.array(z.string()) })),
  }),
});

/** `POST validate-entity`: the verdict on an entity that is not in the catalog; 400 with `errors` when it is bad. */
export const validateEntity = defineEndpoint({
  name: 'validateEntity',
  method: 'POST',
  path: '/api/catalog/validate-entity',
  summary: 'Check an entity without keeping it',
  tag: 'catalog',
  permission: 'catalog.entity.validate',
  body: z.object({ location: z.string().min(1).max(2000), entity: z.record(z.string(), z.unknown()) }),
  reply: z.object({}),
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

/** `GET badges/…`: an SVG for a README. */
export const getEntityBadge = defineEndpoint({
  name: 'getEntityBadge',
  method: 'GET',
  path: '/api/catalog/badges/:kind/:namespace/:name/:badge',
  summary: 'A badge of an entity as SVG',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: entityNameParams.extend({
    badge: z.enum(['owner', 'lifecycle', 'system', 'type', 'catalog']).describe('What the badge tells'),
  }),
  query: z.object({
    style: z.enum(['flat', 'flat-square', 'plastic', 'for-the-badge', 'social']).default('flat'),
  }),
  reply: z.string(),
});

/** `GET entities/by-name/…`: one entity with relations and status. */
export const getEntityByName = defineEndpoint({
  name: 'getEntityByName',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name',
  summary: 'One entity by kind, namespace and name',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  query: z.object({ asOf: asOfParameter }),
  reply: entitySchema,
});

/** `POST entities/by-refs`: as many answers as refs, in order, null where there is none. */
export const getEntitiesByRefs = defineEndpoint({
  name: 'getEntitiesByRefs',
  method: 'POST',
  path: '/api/catalog/entities/by-refs',
  summary: 'Many entities by reference',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  query: z.object({ filter: filterParameter }),
  body: z.object({
    entityRefs: z.array(z.string().min(1).max(400)).max(catalogPageLimits.maxRefs),
    fields: z.array(z.string().max(300)).max(100).optional(),
    query: predicateSchema.optional(),
  }),
  reply: z.object({ items: z.array(partialEntitySchema.nullable()) }),
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

/** Where an entity was read from, with the text as it stands in the file. */
export const entityOriginSchema = z.object({
  ref: z.string(),
  sourceId: z.string(),
  sourceTarget: z.string(),
  path: z.string(),
  line: z.int(),
  documentIndex: z.int(),
  text: z.string(),
  viewUrl: z.string().optional(),
  editUrl: z.string().optional(),
  readAt: z.iso.datetime(),
  /** Sources that claim the same ref and lost against the holder. */
  rivals: z.array(
    z.object({ sourceId: z.string(), sourceTarget: z.string(), path: z.string(), line: z.int() }),
  ),
});
export type EntityOrigin = z.output<typeof entityOriginSchema>;

/** Waymark's own: the YAML of an entity as read, its file and line, and who else claims its ref. */
export const getEntityOrigin = defineEndpoint({
  name: 'getEntityOrigin',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/origin',
  summary: 'Where an entity was read from, with its text',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  reply: entityOriginSchema,
});

/** `POST refresh`: reads the source of one entity again, soon. */
export const refreshEntity = defineEndpoint({
  name: 'refreshEntity',
  method: 'POST',
  path: '/api/catalog/refresh',
  summary: 'Read the source of an entity again',
  tag: 'catalog',
  permission: 'catalog.entity.refresh',
  body: z.looseObject({ entityRef: z.string().min(1).max(400) }),
  reply: z.object({}),
});
