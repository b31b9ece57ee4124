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
  /** Without the user name and password that a URL may hold. */
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
/** Path parameters that name a source. */
export const sourceParams = z.object({ id: sourceId });
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(500).optional(),
});

/** Sources with their state, page by page: a discovery may have thousands of repositories. */
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
