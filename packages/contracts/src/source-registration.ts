import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { sourceParams, sourceProblemSchema, sourceSchema } from './sources.ts';

/** What a person can register: a URL of a file or repository. Folders of the server are for the configuration only. */
export const sourceInputSchema = z.object({
  target: z.string().trim().min(1).max(2000),
  /** Without it, the analysis decides: a file by URL, or a repository. */
  type: z.enum(['git', 'url']).optional(),
  branch: z.string().trim().min(1).max(250).optional(),
  /** Path or glob inside a repository. */
  path: z.string().trim().min(1).max(500).optional(),
});
export type SourceInput = z.output<typeof sourceInputSchema>;

/** What registering would do with one entity. */
export const previewedEntitySchema = z.object({
  ref: z.string(),
  kind: z.string(),
  name: z.string(),
  title: z.string().optional(),
  type: z.string().optional(),
  owner: z.string().optional(),
  path: z.string(),
  line: z.int(),
  /** `known`: the catalog has it from this place already. `conflict`: another place holds the ref. */
  outcome: z.enum(['new', 'known', 'conflict', 'not-allowed']),
  holder: z
    .object({ sourceId: z.string(), sourceTarget: z.string(), path: z.string(), line: z.int() })
    .optional(),
});
export type PreviewedEntity = z.output<typeof previewedEntitySchema>;

/** Looks at a repository or file without registering it: its entities, its errors, and what would change. */
export const analyzeSource = defineEndpoint({
  name: 'analyzeSource',
  method: 'POST',
  path: '/api/catalog/sources/analyze',
  summary: 'Look at a repository or file before it is registered',
  tag: 'sources',
  permission: 'catalog.location.analyze',
  body: sourceInputSchema,
  reply: z.object({
    source: sourceInputSchema.required({ type: true }),
    /** The source that covers this already. */
    registeredSourceId: z.string().optional(),
    revision: z.string().optional(),
    files: z.array(z.object({ path: z.string(), viewUrl: z.string().optional(), entityCount: z.int() })),
    entities: z.array(previewedEntitySchema),
    problems: z.array(sourceProblemSchema),
    /** More than is listed here. */
    isTruncated: z.boolean(),
    /** For a repository without a descriptor: one to commit, with what could be told from the repository. */
    suggestion: z.object({ path: z.string(), text: z.string() }).optional(),
  }),
});
export type SourceAnalysis = z.output<typeof analyzeSource.reply>;

/** Registers a repository or file. 409 when it is registered already. */
export const registerSource = defineEndpoint({
  name: 'registerSource',
  method: 'POST',
  path: '/api/catalog/sources',
  summary: 'Register a repository or file',
  tag: 'sources',
  permission: 'catalog.location.create',
  body: sourceInputSchema,
  status: 201,
  reply: sourceSchema,
});

/** Pauses a source, goes on with it, or reads another branch or path. Only branch and path of registered ones change. */
export const updateSource = defineEndpoint({
  name: 'updateSource',
  method: 'PUT',
  path: '/api/catalog/sources/:id',
  summary: 'Pause a source, or change what it reads',
  tag: 'sources',
  permission: 'catalog.location.create',
  params: sourceParams,
  body: z.object({
    isPaused: z.boolean().optional(),
    branch: z.string().trim().min(1).max(250).nullable().optional(),
    path: z.string().trim().min(1).max(500).nullable().optional(),
  }),
  reply: sourceSchema,
});

/** What would go with a source. */
export const previewSourceRemoval = defineEndpoint({
  name: 'previewSourceRemoval',
  method: 'GET',
  path: '/api/catalog/sources/:id/removal',
  summary: 'What removing a source would take out of the catalog',
  tag: 'sources',
  permission: 'catalog.source.read',
  params: sourceParams,
  reply: z.object({
    /** Entities that nothing else provides. */
    removedCount: z.int(),
    /** Entities that another source would hold from then on. */
    passedOnCount: z.int(),
    /** The first of those that would go. */
    removedRefs: z.array(z.string()),
  }),
});

/** Removes a registered source, with what only it provided. A declared one is removed from the configuration instead. */
export const removeSource = defineEndpoint({
  name: 'removeSource',
  method: 'DELETE',
  path: '/api/catalog/sources/:id',
  summary: 'Remove a registered source and what only it provided',
  tag: 'sources',
  permission: 'catalog.location.delete',
  params: sourceParams,
  status: 204,
  reply: z.null(),
});
