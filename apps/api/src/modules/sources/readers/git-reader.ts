import { withoutPassword } from '../../../platform/shown-url.ts';
import { createSourceMatcher, DESCRIPTOR_FILES } from './descriptor-paths.ts';
import { parseCommitLog } from './commit-log.ts';
import { createGitMirror } from './git-mirror.ts';
import type { TreeEntry } from './git-output.ts';
import { FILE_MODES, LINK_MODE, RepositoryTree, settledRevision, type TreeFile } from './repository-tree.ts';
import { SourceReadError, type FileChange, type ListedFile, type SourceReader } from './source-reader.ts';
import { webLinks } from './web-links.ts';

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
  const { url } = options;
  const mirror = createGitMirror(url, options.branch, options.home, options.networkSettings);
  let branch = options.branch ?? 'HEAD';
  let readCommit = '';
  let files = new RepositoryTree([], options);

  return {
    async list(knownRevision, signal) {
      refuseOptionLike(url);
      const head = await mirror.remoteHead(signal);
      branch = head.branch;
      if (settledRevision(knownRevision, options.maxFiles) === head.commit) return undefined;
      const { commit, tree } = await mirror.fetch(head, signal);
      readCommit = commit;
      files = new RepositoryTree(tree.flatMap(toTreeFile), options);
      return files.list(commit, createSourceMatcher(options.pattern ?? DESCRIPTOR_FILES));
    },

    async *read(wanted, signal) {
      const { readable, refused } = files.partition(wanted);
      yield* refused;
      for (const batch of batchesByBytes(readable, (file) => files.bytesOf(file))) {
        const contents = await mirror.readBlobs(
          batch.map((file) => file.contentId),
          signal,
        );
        yield* batch.map((file, index) => ({ path: file.path, bytes: contents[index] ?? Buffer.alloc(0) }));
      }
    },

    resolveReference: async (fromPath, target) => files.resolveReference(fromPath, target),

    resolveTarget: async (fromPath, target) => files.resolveTarget(fromPath, target),

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

function toTreeFile({ path, type, mode, blobId, bytes }: TreeEntry): TreeFile[] {
  const isLink = mode === LINK_MODE;
  return type === 'blob' && (isLink || FILE_MODES.has(mode)) ? [{ path, blobId, bytes, isLink }] : [];
}
