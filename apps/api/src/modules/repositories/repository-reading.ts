import type { HostedRepository, RepositoriesRepository } from './repositories.repository.ts';
import { archiveCommit, findCommit, listTree, readAtRef } from './repository-contents.ts';
import { isRepositoryName } from './repository-name.ts';
import type { BareRepositories } from './storage/bare-repositories.ts';
import type { TipFiles } from './tip-files.ts';

/** A branch, tag or commit of a repository; `HEAD` is its default branch. */
export interface RefOfRepository {
  /** `owner/name` */
  repository: string;
  ref: string;
}

/** A file, or why there is none. */
export type FileReading =
  | { state: 'read'; blobId: string; bytes: Buffer }
  | { state: 'unchanged'; blobId: string }
  | { state: 'missing' };

/**
 * Contents of repositories for whoever reads them on behalf of the server: files, lists and archives, without a request
 * to itself.
 *
 * @throws GitError where git cannot read a repository
 */
export interface RepositoryReading {
  find(repository: string): Promise<HostedRepository | undefined>;
  /** The file at a path; `unchanged` when it still is `knownBlobId`. */
  readFile(
    at: RefOfRepository & { path: string },
    knownBlobId: string | undefined,
    signal: AbortSignal,
  ): Promise<FileReading>;
  /** All files and links of a ref; undefined when there is no such ref. */
  listFiles(
    at: RefOfRepository,
    signal: AbortSignal,
  ): Promise<{ path: string; blobId: string; mode: string }[] | undefined>;
  /** The commit that a ref stands for. */
  commitOf(at: RefOfRepository, signal: AbortSignal): Promise<string | undefined>;
  /** A tar file in which everything is in one folder; undefined when there is no such ref. */
  archive(at: RefOfRepository, signal: AbortSignal): Promise<Buffer | undefined>;
}

const MEBIBYTE = 1024 * 1024;
const MAX_FILE_BYTES = 64 * MEBIBYTE;
const MAX_ARCHIVE_BYTES = 512 * MEBIBYTE;

export function createRepositoryReading(
  repositories: Pick<RepositoriesRepository, 'find'>,
  storage: BareRepositories,
  tips: TipFiles,
): RepositoryReading {
  async function find(repository: string): Promise<HostedRepository | undefined> {
    const [owner = '', name = '', ...rest] = repository.split('/');
    if (rest.length > 0 || !isRepositoryName({ owner, name })) return undefined;
    return repositories.find({ owner, name });
  }

  async function openRepository({ repository, ref }: RefOfRepository, signal: AbortSignal) {
    const found = await find(repository);
    if (!found) return undefined;
    const asking = { directory: await storage.ensure(found), signal };
    return { found, asking, ref: ref === 'HEAD' ? found.defaultBranch : ref };
  }

  async function open(at: RefOfRepository, signal: AbortSignal) {
    const opened = await openRepository(at, signal);
    const commit = opened && (await findCommit(opened.asking, opened.ref));
    return opened && commit !== undefined ? { asking: opened.asking, commit } : undefined;
  }

  return {
    find,
    async readFile(at, knownBlobId, signal) {
      const opened = await openRepository(at, signal);
      if (!opened) return { state: 'missing' };
      const { asking, ref } = opened;
      const { id } = opened.found;
      const tip = await storage.tipOf(opened.found, ref);
      const atTip = tips.find(id, ref, at.path);
      if (atTip !== undefined && atTip.commit === tip) {
        const { blobId, bytes } = atTip;
        if (blobId === knownBlobId) return { state: 'unchanged', blobId };
        if (bytes) return { state: 'read', blobId, bytes };
      }
      const read = await readAtRef(asking, { ...at, ref, maxBytes: MAX_FILE_BYTES });
      if (read?.object.type !== 'blob') return { state: 'missing' };
      const { id: blobId, content: bytes } = read.object;
      if (read.isBranch) tips.note(id, ref, at.path, { commit: read.commit, blobId });
      return blobId === knownBlobId ? { state: 'unchanged', blobId } : { state: 'read', blobId, bytes };
    },
    async listFiles(at, signal) {
      const opened = await open(at, signal);
      const entries = opened && (await listTree(opened.asking, opened.commit, true));
      return entries
        ?.filter(({ type }) => type === 'blob')
        .map(({ path, id, mode }) => ({ path, mode, blobId: id }));
    },
    commitOf: async (at, signal) => (await open(at, signal))?.commit,
    async archive(at, signal) {
      const opened = await open(at, signal);
      return opened && archiveCommit(opened.asking, opened.commit, MAX_ARCHIVE_BYTES);
    },
  };
}
