import path from 'node:path';
import type { SourceProblem } from '@waymark/contracts';
import { createPathMatcher, createSourceMatcher, leavesFolder } from './descriptor-paths.ts';
import { tooLarge } from './file-reader.ts';
import { parseCommitLog } from './commit-log.ts';
import { createGitMirror, type TreeEntry } from './git-mirror.ts';
import { GlobError } from './path-glob.ts';
import { FILE_MODES, LINK_MODE } from './repository-tree.ts';
import {
  fileProblem,
  SourceReadError,
  type FileChange,
  type ListedFile,
  type SourceReader,
} from './source-reader.ts';
import { withoutPassword } from './shown-url.ts';
import { webLinks } from './web-links.ts';

/** What a repository is searched for when the source names no path. */
const DEFAULT_PATTERN = '**/catalog-info.{yaml,yml}';
/** Contents taken from git at once: what they may hold in memory. */
const BATCH_BYTES = 16 * 1024 * 1024;

export interface GitReaderOptions {
  url: string;
  branch: string | undefined;
  pattern: string | undefined;
  /** Folder for mirrors. */
  home: string;
  maxFiles: number;
  maxFileBytes: number;
  /** Options of git for every command that talks to the remote; see `guardedGitSettings`. */
  networkSettings?: () => Promise<readonly string[]>;
}

/**
 * Reads descriptors from a branch of a Git repository through a local mirror. An unchanged branch
 * costs one `ls-remote`; no work tree is ever checked out, so nothing in the repository can run and
 * no link is ever followed.
 */
export function createGitReader(options: GitReaderOptions): SourceReader {
  const { url, maxFileBytes } = options;
  const mirror = createGitMirror(url, options.branch, options.home, options.networkSettings);
  let branch = options.branch ?? 'HEAD';
  let readCommit = '';
  let blobs = new Map<string, TreeEntry>();

  const toListed = ({ path: file, blobId }: TreeEntry): ListedFile => ({ path: file, contentId: blobId });

  return {
    async list(knownRevision, signal) {
      refuseOptionLike(url);
      const head = await mirror.remoteHead(signal);
      branch = head.branch;
      const partial = (commit: string) => `${commit} (first ${options.maxFiles} files)`;
      // After a reading that was cut short a raised limit makes a difference, though the branch stands still.
      if (knownRevision === head.commit || knownRevision === partial(head.commit)) return undefined;
      const { commit, tree } = await mirror.fetch(head, signal);
      readCommit = commit;
      blobs = new Map(tree.filter(isFile).map((entry) => [entry.path, entry]));
      const matches = createSourceMatcher(options.pattern ?? DEFAULT_PATTERN);
      const problems = tree
        .filter((entry) => entry.mode === LINK_MODE && matches(entry.path))
        .map((entry) => linkProblem(entry.path));
      const files = [...blobs.values()].filter((entry) => matches(entry.path)).map(toListed);
      const isComplete = files.length <= options.maxFiles;
      if (!isComplete) problems.push(tooManyFiles(files.length, options.maxFiles));
      const revision = isComplete ? commit : partial(commit);
      return { revision, files: files.slice(0, options.maxFiles), isComplete, problems };
    },

    async *read(files, signal) {
      const bytesOf = (file: ListedFile) => blobs.get(file.path)?.bytes ?? 0;
      const tooLong = files.filter((file) => bytesOf(file) > maxFileBytes);
      yield* tooLong.map((file) => ({
        path: file.path,
        problem: tooLarge(file.path, bytesOf(file), maxFileBytes),
      }));
      const readable = files.filter((file) => bytesOf(file) <= maxFileBytes);
      for (const batch of batchesByBytes(readable, bytesOf)) {
        const contents = await mirror.readBlobs(
          batch.map((file) => file.contentId),
          signal,
        );
        yield* batch.map((file, index) => ({ path: file.path, bytes: contents[index] ?? Buffer.alloc(0) }));
      }
    },

    async resolveReference(fromPath, target) {
      const file = blobs.get(placeOf(fromPath, target));
      if (file) return { files: [toListed(file)] };
      return {
        message: `"${target}" is no file of the repository.`,
        hint: 'Correct the path: it begins at the folder of this file, or with / at the root of the repository.',
      };
    },

    async resolveTarget(fromPath, target) {
      const resolved = placeOf(fromPath, target);
      if (leavesFolder(resolved) || URL.canParse(target)) {
        return {
          message: `The target "${target}" lies outside this repository.`,
          hint: 'Point at files of the same repository, or add the other repository as a source of its own.',
        };
      }
      const files = findFiles(blobs, resolved);
      if (files instanceof GlobError) {
        return { message: files.message, hint: 'Name the files one by one, or use a shorter pattern.' };
      }
      if (files.length > 0) return { files: files.slice(0, options.maxFiles).map(toListed) };
      return {
        message: `The target "${target}" matches no file of the repository.`,
        hint: 'Correct the path, or set presence: optional when the file may be missing.',
      };
    },

    async changesSince(knownRevision, paths, signal) {
      const byPath = new Map<string, FileChange>();
      // Of a partial reading the revision says more than its commit.
      const [knownCommit] = knownRevision?.split(' ') ?? [];
      if (knownCommit === undefined || knownCommit === readCommit) return { revision: readCommit, byPath };
      try {
        const log = await mirror.log(knownCommit, { commit: readCommit, branch }, signal);
        const changes = parseCommitLog(log.toString('utf8'));
        for (const file of paths) {
          const change = changes.get(file);
          if (change) byPath.set(file, change);
        }
      } catch (error) {
        // For example after a force-push, when the commit that was read before is nowhere any more.
        if (!(error instanceof SourceReadError)) throw error;
      }
      return { revision: readCommit, byPath };
    },

    annotationsFor(file) {
      const links = webLinks(url, branch, file);
      const shownUrl = withoutPassword(url);
      const location = links ? `url:${links.view}` : `git:${shownUrl}#${branch}:${file}`;
      return {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': `git:${shownUrl}`,
        ...(links
          ? {
              'backstage.io/view-url': links.view,
              'backstage.io/edit-url': links.edit,
              'backstage.io/source-location': `url:${links.folder}`,
            }
          : {}),
      };
    },
  };
}

/** The path in the repository that a file means by a target. */
function placeOf(fromPath: string, target: string): string {
  return target.startsWith('/')
    ? path.posix.normalize(target.slice(1))
    : path.posix.normalize(path.posix.join(path.posix.dirname(fromPath), target));
}

/** The file of exactly this path, or those that match it as a pattern. */
function findFiles(blobs: ReadonlyMap<string, TreeEntry>, target: string): TreeEntry[] | GlobError {
  const exact = blobs.get(target);
  if (exact) return [exact];
  try {
    const matches = createPathMatcher(target);
    return [...blobs.values()].filter((entry) => matches(entry.path));
  } catch (error) {
    if (error instanceof GlobError) return error;
    throw error;
  }
}

/** Cuts a list of files where their sizes add up to a batch. */
function* batchesByBytes(
  files: readonly ListedFile[],
  bytesOf: (file: ListedFile) => number,
): Generator<ListedFile[]> {
  let batch: ListedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && bytes + bytesOf(file) > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += bytesOf(file);
  }
  if (batch.length > 0) yield batch;
}

/** A URL that begins with a dash would be an option of git's. */
function refuseOptionLike(url: string): void {
  if (!url.startsWith('-')) return;
  throw new SourceReadError(
    'git.bad-url',
    'The URL begins with a dash.',
    'Give the URL of a Git repository.',
  );
}

function isFile(entry: TreeEntry): boolean {
  return entry.type === 'blob' && FILE_MODES.has(entry.mode);
}

/** The problem of a descriptor that is a link. */
export function linkProblem(file: string): SourceProblem {
  return fileProblem(
    file,
    'file.outside-source',
    'The file is a symbolic link, and links in repositories are not followed.',
    'Put the file itself here, or name the real path in the source.',
  );
}

/** The problem of a repository with more descriptors than are read. */
export function tooManyFiles(count: number, maxFiles: number): SourceProblem {
  return fileProblem(
    '.',
    'source.too-many-files',
    `The repository has ${count} descriptor files; only the first ${maxFiles} are read.`,
    'Narrow the path pattern, split the source, or raise catalog.limits.maxFiles.',
  );
}
