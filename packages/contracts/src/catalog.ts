import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entitySchema, partialEntitySchema } from './entity.ts';

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

const entityNameParams = z.object({
  kind: z.string().min(1).max(200),
  namespace: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
});

/** Query of `entities/by-query`, as in Backstage's protocol. */
export const queryEntitiesQuerySchema = z.object({
  filter: filterParameter.describe('`key=value,key2` is an AND of conditions; repeated: OR'),
  fields: commaList(4000).describe('Comma list of paths to keep, e.g. `kind,metadata.name`'),
  limit: z.coerce.number().int().min(0).max(catalogPageLimits.max).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).optional(),
  orderField: repeatable(8, 300).describe('`path,asc` or `path,desc`; repeated: further keys'),
  fullTextFilterTerm: z.string().max(500).optional(),
  fullTextFilterFields: commaList(1000),
  cursor: z.string().max(20_000).optional(),
  totalItems: z.enum(['include', 'exclude']).optional(),
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
  reply: z.object({
    items: z.array(partialEntitySchema),
    totalItems: z.int(),
    pageInfo: z.object({ nextCursor: z.string().optional(), prevCursor: z.string().optional() }),
  }),
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
  }),
  reply: z.object({ items: z.array(partialEntitySchema.nullable()) }),
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
  }),
  reply: z.object({
    facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))),
  }),
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

const locationSchema = z.object({ id: z.string(), type: z.string(), target: z.string() });

/** `GET locations`: the registered locations, in Backstage's shape. */
export const getLocations = defineEndpoint({
  name: 'getLocations',
  method: 'GET',
  path: '/api/catalog/locations',
  summary: 'All registered locations',
  tag: 'catalog',
  permission: 'catalog.location.read',
  reply: z.array(z.object({ data: locationSchema })),
});

/** `GET locations/:id`. */
export const getLocation = defineEndpoint({
  name: 'getLocation',
  method: 'GET',
  path: '/api/catalog/locations/:id',
  summary: 'One registered location',
  tag: 'catalog',
  permission: 'catalog.location.read',
  params: z.object({ id: z.string().min(1).max(100) }),
  reply: locationSchema,
});
