import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** Longest owner or name of a repository. */
export const maxRepositoryNameLength = 100;
/** A larger file is not shown as text, in bytes. */
export const maxShownFileBytes = 512 * 1024;

/** A Git repository that Waymark keeps. */
export const repositorySchema = z.object({
  owner: z.string(),
  name: z.string(),
  description: z.string(),
  defaultBranch: z.string(),
  /** What `git clone` takes. */
  cloneUrl: z.string(),
  /** Its page in the portal. */
  webUrl: z.string(),
  /** It can be read, and takes no pushes. */
  isArchived: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Absent until somebody has pushed. */
  pushedAt: z.iso.datetime().optional(),
});
export type Repository = z.output<typeof repositorySchema>;

/** An entry of a folder. `submodule` is a commit of another repository. */
export const treeEntrySchema = z.object({
  name: z.string(),
  /** From the root of the repository. */
  path: z.string(),
  kind: z.enum(['folder', 'file', 'link', 'submodule']),
  /** Of files and links. */
  bytes: z.int().optional(),
});
export type TreeEntry = z.output<typeof treeEntrySchema>;

/** A commit as a list shows it. */
export const commitSchema = z.object({
  id: z.string(),
  authorName: z.string(),
  authorEmail: z.string(),
  authoredAt: z.iso.datetime(),
  /** First line of the message. */
  subject: z.string(),
});
export type Commit = z.output<typeof commitSchema>;

/** Path parameters that name a repository. */
export const repositoryParams = z.object({
  owner: z.string().min(1).max(maxRepositoryNameLength),
  name: z.string().min(1).max(maxRepositoryNameLength),
});

const cursor = z.string().max(2000).optional();
const pageLimit = (usual: number) => z.coerce.number().int().min(1).max(500).default(usual);
const refParameter = z
  .string()
  .min(1)
  .max(250)
  .optional()
  .describe('Branch, tag or commit; without it, the default branch');
const pathParameter = z
  .string()
  .max(4000)
  .describe('From the root of the repository, without a slash in front');

/** `GET repositories`: page by page, by owner and name. */
export const listRepositories = defineEndpoint({
  name: 'listRepositories',
  method: 'GET',
  path: '/api/repositories',
  summary: 'Git repositories that Waymark keeps',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  query: z.object({
    q: z.string().max(200).optional().describe('Part of the owner, the name or the description'),
    limit: pageLimit(100),
    cursor,
  }),
  reply: z.object({ items: z.array(repositorySchema), nextCursor: z.string().optional() }),
});

/** `POST repositories`: an empty repository. */
export const createRepository = defineEndpoint({
  name: 'createRepository',
  method: 'POST',
  path: '/api/repositories',
  summary: 'Make an empty repository',
  tag: 'repositories',
  permission: 'repositories.repository.write',
  body: z.strictObject({
    owner: z.string(),
    name: z.string(),
    description: z.string().max(1000).optional(),
    defaultBranch: z.string().optional(),
  }),
  status: 201,
  reply: repositorySchema,
});

/** `GET repository`. */
export const getRepository = defineEndpoint({
  name: 'getRepository',
  method: 'GET',
  path: '/api/repositories/:owner/:name',
  summary: 'One repository',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  params: repositoryParams,
  reply: repositorySchema,
});

/** `GET branches`, by name. */
export const listBranches = defineEndpoint({
  name: 'listBranches',
  method: 'GET',
  path: '/api/repositories/:owner/:name/branches',
  summary: 'Branches of a repository',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  params: repositoryParams,
  query: z.object({ limit: pageLimit(100), cursor }),
  reply: z.object({
    items: z.array(z.object({ name: z.string(), commit: z.string(), isDefault: z.boolean() })),
    nextCursor: z.string().optional(),
  }),
});

/** `GET tree`: one folder, folders first. A repository without a commit has no `commit` and no entries. */
export const getTree = defineEndpoint({
  name: 'getTree',
  method: 'GET',
  path: '/api/repositories/:owner/:name/tree',
  summary: 'What a folder of a repository holds',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  params: repositoryParams,
  query: z.object({ ref: refParameter, path: pathParameter.default(''), limit: pageLimit(500), cursor }),
  reply: z.object({
    ref: z.string(),
    commit: z.string().optional(),
    path: z.string(),
    items: z.array(treeEntrySchema),
    nextCursor: z.string().optional(),
  }),
});

/** `GET file`: the content as text, or why it is not shown. */
export const getFile = defineEndpoint({
  name: 'getFile',
  method: 'GET',
  path: '/api/repositories/:owner/:name/file',
  summary: 'A file of a repository as text',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  params: repositoryParams,
  query: z.object({ ref: refParameter, path: pathParameter.min(1) }),
  reply: z.object({
    ref: z.string(),
    commit: z.string(),
    path: z.string(),
    blobId: z.string(),
    bytes: z.int(),
    content: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), text: z.string() }),
      z.object({ kind: z.literal('binary') }),
      z.object({ kind: z.literal('too-large'), maxBytes: z.int() }),
    ]),
  }),
});

/** `GET commits`: newest first. Pages go on from the commit that the first one began at, whatever is pushed meanwhile. */
export const listCommits = defineEndpoint({
  name: 'listCommits',
  method: 'GET',
  path: '/api/repositories/:owner/:name/commits',
  summary: 'Commits of a branch, newest first',
  tag: 'repositories',
  permission: 'repositories.repository.read',
  params: repositoryParams,
  query: z.object({ ref: refParameter, path: pathParameter.default(''), limit: pageLimit(50), cursor }),
  reply: z.object({ ref: z.string(), items: z.array(commitSchema), nextCursor: z.string().optional() }),
});
