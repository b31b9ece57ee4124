import {
  maxShownFileBytes,
  type createRepository,
  type EndpointReply,
  type EndpointRequest,
  type getFile,
  type getRepository,
  type getTree,
  type listBranches,
  type listCommits,
  type listRepositories,
  type Repository,
  type TreeEntry,
} from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { GitError } from '../../platform/git/git-error.ts';
import type { RepositoryHosting } from './hosting.service.ts';
import { cursorText, pageOfList, readCursor } from './list-page.ts';
import type { HostedRepository, RepositoriesRepository } from './repositories.repository.ts';
import {
  findAt,
  findCommit,
  listHeads,
  listLog,
  listTree,
  readBlob,
  type GitTreeEntry,
} from './repository-contents.ts';
import { isRepositoryName } from './repository-name.ts';

/** Repositories as people see them. */
export interface RepositoriesService {
  list: Ask<typeof listRepositories>;
  create: Ask<typeof createRepository>;
  get: Ask<typeof getRepository>;
  branches: Ask<typeof listBranches>;
  tree: Ask<typeof getTree>;
  file: Ask<typeof getFile>;
  commits: Ask<typeof listCommits>;
}

type Ask<E> = (caller: Caller, request: EndpointRequest<E>) => Promise<EndpointReply<E>>;

export interface RepositoriesServiceOptions {
  repositories: Pick<RepositoriesRepository, 'list'>;
  hosting: RepositoryHosting;
}

const MAX_SKIPPED_COMMITS = 100_000;

export function createRepositoriesService({
  repositories,
  hosting,
}: RepositoriesServiceOptions): RepositoriesService {
  const toReply = (repository: HostedRepository): Repository => replyOf(repository, hosting);

  /** The repository with a ref of it, ready to be asked. */
  async function open({ owner, name }: { owner: string; name: string }, wantedRef?: string) {
    const repository = await findOrRefuse(hosting, owner, name);
    const directory = await hosting.directoryOf(repository);
    const asking = { directory, signal: new AbortController().signal };
    const ref = wantedRef === undefined || wantedRef === 'HEAD' ? repository.defaultBranch : wantedRef;
    const commit = await readable(() => findCommit(asking, ref));
    // A repository without a commit has no default branch yet, and that is no mistake of anybody.
    if (commit === undefined && ref !== repository.defaultBranch) throw missingRef(repository, ref);
    return { repository, asking, ref, commit };
  }

  return {
    async list(_caller, { query }) {
      const [owner, name] = readCursor(query.cursor, 2);
      const after = owner === undefined || name === undefined ? undefined : { owner, name };
      const found = await repositories.list({ text: query.q, after, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: page.map(toReply),
        ...(last && found.length > page.length ? { nextCursor: cursorText(last.owner, last.name) } : {}),
      };
    },

    async create(caller, { body }) {
      const { outcome, repository } = await hosting.create(body, caller);
      if (outcome === 'created') return toReply(repository);
      throw new AppError(
        'repository.exists',
        `There is a repository ${repository.owner}/${repository.name} already. Choose another name.`,
      );
    },

    async get(_caller, { params }) {
      return toReply(await findOrRefuse(hosting, params.owner, params.name));
    },

    async branches(_caller, { params, query }) {
      const { repository, asking } = await open(params);
      const heads = await readable(() => listHeads(asking));
      const { items, nextCursor } = pageOfList(heads, query, ({ name }) => name);
      return {
        items: items.map((head) => ({ ...head, isDefault: head.name === repository.defaultBranch })),
        ...nextCursor,
      };
    },

    async tree(_caller, { params, query }) {
      const { repository, asking, ref, commit } = await open(params, query.ref);
      const { path } = query;
      if (commit === undefined) {
        if (path !== '') throw missingPath(repository, ref, path);
        return { ref, path, items: [] };
      }
      const object = await readable(() => findAt(asking, commit, path));
      if (object?.type !== 'tree') throw missingPath(repository, ref, path);
      const entries = (await readable(() => listTree(asking, object.id))).map((entry) =>
        entryOf(entry, path),
      );
      const sorted = entries.sort((left, right) => compare(sortKey(left), sortKey(right)));
      const { items, nextCursor } = pageOfList(sorted, query, sortKey);
      return { ref, commit, path, items, ...nextCursor };
    },

    async file(_caller, { params, query }) {
      const { repository, asking, ref, commit } = await open(params, query.ref);
      const { path } = query;
      const object = commit === undefined ? undefined : await readable(() => findAt(asking, commit, path));
      if (commit === undefined || object?.type !== 'blob') throw missingPath(repository, ref, path);
      const { id: blobId, bytes } = object;
      const content =
        bytes > maxShownFileBytes
          ? ({ kind: 'too-large', maxBytes: maxShownFileBytes } as const)
          : contentOf(await readable(() => readBlob(asking, blobId, maxShownFileBytes)));
      return { ref, commit, path, blobId, bytes, content };
    },

    async commits(_caller, { params, query }) {
      const { repository, asking, ref, commit: head } = await open(params, query.ref);
      const [start = head, skipped = '0'] = readCursor(query.cursor, 2);
      if (start === undefined) return { ref, items: [] };
      const skip = Math.min(Number(skipped) || 0, MAX_SKIPPED_COMMITS);
      const commit = await readable(() => findCommit(asking, start));
      if (commit === undefined) throw missingRef(repository, start);
      const { path } = query;
      if (path !== '' && !(await readable(() => findAt(asking, commit, path)))) {
        throw missingPath(repository, ref, path);
      }
      const limit = query.limit + 1;
      const found = await readable(() => listLog(asking, { commit, path, skip, limit }));
      const items = found.slice(0, query.limit);
      const hasMore = found.length > items.length && skip + items.length <= MAX_SKIPPED_COMMITS;
      return {
        ref,
        items: items.map((item) => ({ ...item, authoredAt: item.authoredAt.toISOString() })),
        ...(hasMore ? { nextCursor: cursorText(commit, String(skip + items.length)) } : {}),
      };
    },
  };
}

/** @throws AppError `repository.not-found` */
export async function findOrRefuse(
  hosting: Pick<RepositoryHosting, 'find'>,
  owner: string,
  name: string,
): Promise<HostedRepository> {
  const found = isRepositoryName({ owner, name }) ? await hosting.find(owner, name) : undefined;
  if (found) return found;
  throw new AppError(
    'repository.not-found',
    `There is no repository ${owner}/${name}. Check the spelling, and see the list of repositories.`,
  );
}

function replyOf(repository: HostedRepository, hosting: RepositoryHosting): Repository {
  const { owner, name, description, defaultBranch, isArchived, createdBy } = repository;
  return {
    ...{ owner, name, description, defaultBranch, isArchived, createdBy },
    ...hosting.urlsOf(repository),
    createdAt: repository.createdAt.toISOString(),
    ...(repository.pushedAt ? { pushedAt: repository.pushedAt.toISOString() } : {}),
  };
}

/** What git cannot read is no fault of whoever asks. */
async function readable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new AppError('repository.unreadable', `${error.message} Try again later.`, { cause: error });
  }
}

const KINDS: Record<string, TreeEntry['kind']> = { tree: 'folder', commit: 'submodule' };
const LINK_MODE = '120000';

function entryOf({ type, mode, path: name, bytes }: GitTreeEntry, folder: string): TreeEntry {
  return {
    name,
    path: folder === '' ? name : `${folder}/${name}`,
    kind: mode === LINK_MODE ? 'link' : (KINDS[type] ?? 'file'),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

/** Folders come first. */
function sortKey({ kind, name }: TreeEntry): string {
  return `${kind === 'folder' ? 0 : 1}/${name}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Text is what holds no NUL and is UTF-8. */
function contentOf(bytes: Buffer): EndpointReply<typeof getFile>['content'] {
  if (bytes.includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'binary' };
  }
}

function missingRef({ owner, name }: HostedRepository, ref: string): AppError {
  return new AppError(
    'repository.ref-not-found',
    `${owner}/${name} has no branch, tag or commit "${ref}". It may have been removed; see its branches.`,
  );
}

function missingPath({ owner, name }: HostedRepository, ref: string, path: string): AppError {
  return new AppError(
    'repository.path-not-found',
    `${owner}/${name} has nothing of that kind at "${path}" on ${ref}. It may have been moved or removed.`,
  );
}
