import { z } from 'zod';

/** Kind, namespace and name of an entity in a path. */
export const entityNameParams = z.object({
  kind: z.string().min(1).max(200),
  namespace: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
});

/** One edge of an entity as the API gives it: both directions of each pair are present. */
export const entityRelationSchema = z.object({ type: z.string(), targetRef: z.string() });
export type EntityRelation = z.output<typeof entityRelationSchema>;

/** One line of an entity's status, for example the error that keeps its last good version in place. */
export const entityStatusItemSchema = z.looseObject({
  type: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
export type EntityStatusItem = z.output<typeof entityStatusItemSchema>;

/** The envelope of Backstage's descriptor format as the catalog serves it. Further keys are kept. */
export const entitySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    uid: z.string(),
    etag: z.string(),
    name: z.string(),
    namespace: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.string()).optional(),
    links: z
      .array(
        z.looseObject({
          url: z.string(),
          title: z.string().optional(),
          icon: z.string().optional(),
          type: z.string().optional(),
        }),
      )
      .optional(),
  }),
  spec: z.record(z.string(), z.unknown()).optional(),
  relations: z.array(entityRelationSchema).optional(),
  status: z.looseObject({ items: z.array(entityStatusItemSchema).optional() }).optional(),
});
export type Entity = z.output<typeof entitySchema>;

/** An entity of which `fields` kept some paths only: anything may be missing. */
export const partialEntitySchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: entitySchema.shape.metadata.partial().optional(),
  spec: z.record(z.string(), z.unknown()).optional(),
  relations: z.array(entityRelationSchema).optional(),
  status: entitySchema.shape.status,
});
export type PartialEntity = z.output<typeof partialEntitySchema>;

/** Path parameters that name an entity by its uid. */
export const entityUidParams = z.object({ uid: z.string().min(1).max(100) });
