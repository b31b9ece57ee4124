import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/**
 * Where a source stands. `waiting`: never read; `queued`: a read is asked for; `reading`: one runs;
 * `ready`: the last read went well; `failed`: the source itself could not be read, its last good
 * entities stay.
 */
export const sourceStateSchema = z.enum(['waiting', 'queued', 'reading', 'ready', 'failed']);
export type SourceState = z.output<typeof sourceStateSchema>;

/** How far a running read has come. `total` is there once it is known. */
export const sourceProgressSchema = z.object({
  stage: z.enum(['fetching', 'listing', 'reading', 'writing']),
  done: z.int(),
  total: z.int().optional(),
  startedAt: z.iso.datetime(),
});
export type SourceProgress = z.output<typeof sourceProgressSchema>;

/**
 * `file`, `git`, `url`: a folder or file, a Git repository, a single file by URL. `github-discovery`,
 * `gitlab-discovery`: finds the repositories of an organisation or group, each of which is a source of
 * type `github` or `gitlab`. `github-org`, `gitlab-org`: people and teams.
 */
export const sourceTypeSchema = z.enum([
  'file',
  'git',
  'url',
  'github-discovery',
  'gitlab-discovery',
  'github',
  'gitlab',
  'github-org',
  'gitlab-org',
]);
export type SourceType = z.output<typeof sourceTypeSchema>;

/** Who declared a source. */
export const sourceOriginSchema = z.enum(['config', 'demo', 'api', 'discovery']);
export type SourceOrigin = z.output<typeof sourceOriginSchema>;

/** A source of descriptors: a folder, a file or a Git repository, with the state of its last read. */
export const sourceSchema = z.object({
  id: z.string(),
  type: sourceTypeSchema,
  target: z.string(),
  branch: z.string().optional(),
  path: z.string().optional(),
  /** Who declared it: the configuration, the demo organisation, a person, or the discovery `parentId`. */
  origin: sourceOriginSchema,
  /** The discovery that found this repository. */
  parentId: z.string().optional(),
  /** Ref of the person who registered it. */
  createdBy: z.string().optional(),
  /** Not read until somebody goes on with it; what it provides stays. */
  isPaused: z.boolean(),
  /** Budget of calls at the host, as its last answer told. */
  rateLimit: z.object({ limit: z.int(), remaining: z.int(), resetAt: z.iso.datetime() }).optional(),
  /** Repositories that a discovery found; only for discoveries. */
  childCount: z.int().optional(),
  state: sourceStateSchema,
  progress: sourceProgressSchema.optional(),
  /** Commit, or digest of the folder's content, that the catalog shows. */
  revision: z.string().optional(),
  lastReadAt: z.iso.datetime().optional(),
  lastSuccessAt: z.iso.datetime().optional(),
  nextReadAt: z.iso.datetime().optional(),
  durationMs: z.int().optional(),
  /** A read older than this is late. */
  freshnessTargetSeconds: z.int(),
  counts: z.object({
    files: z.int(),
    entities: z.int(),
    /** Entities that the last read added, changed and removed. */
    added: z.int(),
    changed: z.int(),
    removed: z.int(),
    errors: z.int(),
    warnings: z.int(),
    notes: z.int(),
    conflicts: z.int(),
  }),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});
export type Source = z.output<typeof sourceSchema>;

/** Something wrong in a file of a source, with its place and what to do about it. */
export const sourceProblemSchema = z.object({
  path: z.string(),
  documentIndex: z.int().optional(),
  line: z.int(),
  column: z.int().optional(),
  level: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  /** The entity that the document describes, where that could be told. */
  entityRef: z.string().optional(),
  /** Path inside the document, e.g. `spec.owner`. */
  field: z.string().optional(),
});
export type SourceProblem = z.output<typeof sourceProblemSchema>;

/** A document that claims a ref which another document holds: the first keeps it. */
export const sourceConflictSchema = z.object({
  entityRef: z.string(),
  path: z.string(),
  line: z.int(),
  holder: z.object({ sourceId: z.string(), sourceTarget: z.string(), path: z.string(), line: z.int() }),
});
export type SourceConflict = z.output<typeof sourceConflictSchema>;

const sourceId = z.string().regex(/^\d{1,18}$/, 'a source id is a number');
const sourceParams = z.object({ id: sourceId });
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(500).optional(),
});

/** All sources with their state: a few hundred at most, so one page. */
export const listSources = defineEndpoint({
  name: 'listSources',
  method: 'GET',
  path: '/api/catalog/sources',
  summary: 'Sources of the catalog and the state of each',
  tag: 'sources',
  permission: 'catalog.source.read',
  query: pageQuery.extend({
    /** Only the repositories of this discovery; without it, everything but the repositories of discoveries. */
    parentId: sourceId.optional(),
    state: sourceStateSchema.optional(),
  }),
  reply: z.object({ items: z.array(sourceSchema), nextCursor: z.string().optional() }),
});

/** One source. */
export const getSource = defineEndpoint({
  name: 'getSource',
  method: 'GET',
  path: '/api/catalog/sources/:id',
  summary: 'One source and its state',
  tag: 'sources',
  permission: 'catalog.source.read',
  params: sourceParams,
  reply: sourceSchema,
});

/** The problems of a source, by file and line. */
export const listSourceProblems = defineEndpoint({
  name: 'listSourceProblems',
  method: 'GET',
  path: '/api/catalog/sources/:id/problems',
  summary: 'What is wrong in the files of a source',
  tag: 'sources',
  permission: 'catalog.source.read',
  params: sourceParams,
  query: pageQuery.extend({ level: z.enum(['error', 'warning', 'info']).optional() }),
  reply: z.object({ items: z.array(sourceProblemSchema), nextCursor: z.string().optional() }),
});

/** The conflicts of a source: refs that it claims and another document holds. */
export const listSourceConflicts = defineEndpoint({
  name: 'listSourceConflicts',
  method: 'GET',
  path: '/api/catalog/sources/:id/conflicts',
  summary: 'Entities of a source that another document already provides',
  tag: 'sources',
  permission: 'catalog.source.read',
  params: sourceParams,
  query: pageQuery,
  reply: z.object({ items: z.array(sourceConflictSchema), nextCursor: z.string().optional() }),
});

/** Asks for a read now. Answers at once; the state of the source shows the progress. */
export const refreshSource = defineEndpoint({
  name: 'refreshSource',
  method: 'POST',
  path: '/api/catalog/sources/:id/refresh',
  summary: 'Read a source again now',
  tag: 'sources',
  permission: 'catalog.source.refresh',
  params: sourceParams,
  status: 202,
  reply: sourceSchema,
});

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
