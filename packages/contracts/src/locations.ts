import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams, partialEntitySchema } from './entity.ts';

/** A registered location, in Backstage's shape. Its id is that of the source that stands for it. */
export const locationSchema = z.object({
  id: z.string(),
  type: z.string(),
  target: z.string(),
  /** The Location entity that Backstage derives: `location:default/generated-…`. */
  entityRef: z.string().optional(),
});
export type Location = z.output<typeof locationSchema>;

const locationParams = z.object({ id: z.string().min(1).max(100) });
const locationInput = z.object({
  type: z.string().min(1).max(50).default('url'),
  target: z.string().min(1).max(2000),
});

/** `GET locations`: the registered locations, in Backstage's shape. */
export const getLocations = defineEndpoint({
  name: 'getLocations',
  method: 'GET',
  path: '/api/catalog/locations',
  summary: 'All registered locations',
  tag: 'locations',
  permission: 'catalog.location.read',
  reply: z.array(z.object({ data: locationSchema })),
});

/** `POST locations/by-query`: the same, page by page and by predicate. */
export const queryLocations = defineEndpoint({
  name: 'queryLocations',
  method: 'POST',
  path: '/api/catalog/locations/by-query',
  summary: 'Registered locations by predicate, page by page',
  tag: 'locations',
  permission: 'catalog.location.read',
  body: z.object({
    query: z.record(z.string(), z.unknown()).optional(),
    limit: z.int().min(1).max(1000).optional(),
    cursor: z.string().max(2000).optional(),
  }),
  reply: z.object({
    items: z.array(locationSchema),
    totalItems: z.int(),
    pageInfo: z.object({ nextCursor: z.string().optional() }),
  }),
});

/** `GET locations/:id`. */
export const getLocation = defineEndpoint({
  name: 'getLocation',
  method: 'GET',
  path: '/api/catalog/locations/:id',
  summary: 'One registered location',
  tag: 'locations',
  permission: 'catalog.location.read',
  params: locationParams,
  reply: locationSchema,
});

/** `GET locations/by-entity/…`: the location that an entity came from. */
export const getLocationByEntity = defineEndpoint({
  name: 'getLocationByEntity',
  method: 'GET',
  path: '/api/catalog/locations/by-entity/:kind/:namespace/:name',
  summary: 'The location that an entity came from',
  tag: 'locations',
  permission: 'catalog.location.read',
  params: entityNameParams,
  reply: locationSchema,
});

/** `POST locations`: registers a location and reads it, or with `dryRun` only says what it would bring. */
export const addLocation = defineEndpoint({
  name: 'addLocation',
  method: 'POST',
  path: '/api/catalog/locations',
  summary: 'Register a location',
  tag: 'locations',
  permission: 'catalog.location.create',
  query: z.object({
    dryRun: z.enum(['true', 'false']).optional(),
    /** Of a location that is registered already: 409, or read it again and answer as if it were new. */
    onConflict: z.enum(['reject', 'refresh']).optional(),
  }),
  body: locationInput,
  status: 201,
  reply: z.object({
    location: locationSchema,
    /** Without the fields that only the catalog sets. */
    entities: z.array(partialEntitySchema),
    /** Only for a dry run: whether the location is registered already. */
    exists: z.boolean().optional(),
  }),
});

/** `PUT locations/:id`: points a registered location at another target. */
export const updateLocation = defineEndpoint({
  name: 'updateLocation',
  method: 'PUT',
  path: '/api/catalog/locations/:id',
  summary: 'Change the target of a registered location',
  tag: 'locations',
  permission: 'catalog.location.create',
  params: locationParams,
  body: locationInput,
  reply: locationSchema,
});

/** `DELETE locations/:id`: unregisters it; what only it provided goes. */
export const deleteLocation = defineEndpoint({
  name: 'deleteLocation',
  method: 'DELETE',
  path: '/api/catalog/locations/:id',
  summary: 'Unregister a location',
  tag: 'locations',
  permission: 'catalog.location.delete',
  params: locationParams,
  status: 204,
  reply: z.null(),
});

/** `POST analyze-location`: which descriptor files a location has, or what one could say. */
export const analyzeLocation = defineEndpoint({
  name: 'analyzeLocation',
  method: 'POST',
  path: '/api/catalog/analyze-location',
  summary: 'Look at a location before it is registered',
  tag: 'locations',
  permission: 'catalog.location.analyze',
  body: z.object({ location: locationInput, catalogFilename: z.string().min(1).max(300).optional() }),
  reply: z.object({
    existingEntityFiles: z.array(
      z.object({
        location: z.object({ type: z.string(), target: z.string() }),
        isRegistered: z.boolean(),
        entity: partialEntitySchema,
      }),
    ),
    generateEntities: z.array(
      z.object({
        entity: partialEntitySchema,
        fields: z.array(
          z.object({
            field: z.string(),
            state: z.enum(['analysisSuggestedValue', 'analysisSuggestedNoValue', 'needsUserInput']),
            value: z.string().nullable(),
            description: z.string(),
          }),
        ),
      }),
    ),
  }),
});
