import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams, entitySchema, entityUidParams, partialEntitySchema } from './entity.ts';
import { asOfParameter, catalogPageLimits, filterParameter, predicateSchema } from './query-parameters.ts';

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

/** `GET entities/by-uid/:uid`. */
export const getEntityByUid = defineEndpoint({
  name: 'getEntityByUid',
  method: 'GET',
  path: '/api/catalog/entities/by-uid/:uid',
  summary: 'One entity by its uid',
  tag: 'catalog',
  permission: 'catalog.entity.read',
  params: entityUidParams,
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
