import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams, entitySchema } from './entity.ts';

/** What happened to an entity. `moved`: same content, another file or source. */
export const changeKindSchema = z.enum(['added', 'changed', 'moved', 'removed']);

/** One step in the life of an entity. */
export const entityChangeSchema = z.object({
  /** Names the version that begins (or, for `removed`, ended) here. */
  id: z.string(),
  kind: changeKindSchema,
  at: z.iso.datetime(),
  sourceId: z.string().optional(),
  sourceTarget: z.string().optional(),
  path: z.string().optional(),
  line: z.int().optional(),
  /** Commit that brought the change, where the source is a Git repository. */
  revision: z.string().optional(),
  /** Author of the commit (`Name <mail>`) or ref of the actor. */
  changedBy: z.string().optional(),
  /** First line of the commit's message. */
  reason: z.string().optional(),
  /** Dotted paths that differ from the version before, at most fifty. Empty for `added` and `removed`. */
  changedPaths: z.array(z.string()),
});
export type EntityChange = z.output<typeof entityChangeSchema>;

/** `GET …/history`: newest first. Works for entities that are gone, too. */
export const getEntityHistory = defineEndpoint({
  name: 'getEntityHistory',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/history',
  summary: 'Every change of an entity',
  tag: 'history',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  reply: z.object({ items: z.array(entityChangeSchema), nextCursor: z.string().optional() }),
});

/** `GET …/history/:id`: one version, with its text as it stood in the file. */
export const getEntityVersion = defineEndpoint({
  name: 'getEntityVersion',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/history/:id',
  summary: 'One version of an entity and the one before it',
  tag: 'history',
  permission: 'catalog.entity.read',
  params: entityNameParams.extend({ id: z.string().min(1).max(100) }),
  reply: z.object({
    change: entityChangeSchema,
    /** The document as it stood in the file; absent for `removed`. */
    text: z.string().optional(),
    /** Text of the version before; absent when there was none. */
    previousText: z.string().optional(),
    entity: entitySchema.partial().optional(),
  }),
});

/** One thing that speaks for or against an entity being in the catalog. */
export const whyFindingSchema = z.object({
  /**
   * `holder`, `rival`, `file-error`, `kind-not-allowed`, `source-failed`, `source-waiting`, `removed`,
   * `leaving`, `never-seen`, `similar-name`: a word for scripts.
   */
  code: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  hint: z.string(),
  sourceId: z.string().optional(),
  sourceTarget: z.string().optional(),
  path: z.string().optional(),
  line: z.int().optional(),
  at: z.iso.datetime().optional(),
  /** Another entity that this is about, e.g. one with a similar name. */
  entityRef: z.string().optional(),
});

/** `GET …/why`: why an entity is, or is not, in the catalog. */
export const getEntityWhy = defineEndpoint({
  name: 'getEntityWhy',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/why',
  summary: 'Why an entity is, or is not, in the catalog',
  tag: 'history',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  reply: z.object({
    ref: z.string(),
    isPresent: z.boolean(),
    /** One sentence that answers the question. */
    summary: z.string(),
    /** The weightiest first. */
    findings: z.array(whyFindingSchema),
    /** Sources that hold, held or claim it. */
    sources: z.array(
      z.object({
        id: z.string(),
        target: z.string(),
        state: z.string(),
        lastReadAt: z.iso.datetime().optional(),
        nextReadAt: z.iso.datetime().optional(),
      }),
    ),
  }),
});
export type EntityWhy = z.output<typeof getEntityWhy.reply>;
