import { LRUCache } from 'lru-cache';
import { blobIdOf } from '../../platform/git/blob-id.ts';

/** A file as a commit has it; its content only when this process has made the commit a moment ago. */
export interface TipFile {
  commit: string;
  blobId: string;
  bytes?: Buffer;
}

/** What this process has pushed to a branch. */
export interface PushedFiles {
  branch: string;
  commit: string;
  /** Those that somebody will read at once. */
  files: readonly { path: string; bytes: Buffer }[];
}

/**
 * What is known of files at tips of branches. The tip itself is a small file: while it is the same, so are they, and git
 * need not be started to tell.
 */
export interface TipFiles {
  find(repositoryId: string, branch: string, path: string): TipFile | undefined;
  note(repositoryId: string, branch: string, path: string, file: TipFile): void;
  notePush(repositoryId: string, pushed: PushedFiles): void;
}

const MAX_BYTES = 8 * 1024 * 1024;
/** About what an entry takes without content. */
const ENTRY_BYTES = 400;

/** Knows nothing at first, and forgets what was not asked for the longest. */
export function createTipFiles(): TipFiles {
  const known = new LRUCache<string, TipFile>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }) => ENTRY_BYTES + (bytes?.length ?? 0),
  });
  // No name of a branch and no path holds a line end.
  const keyOf = (...parts: [repositoryId: string, branch: string, path: string]) => parts.join('\n');
  const note = (repositoryId: string, branch: string, path: string, file: TipFile) =>
    void known.set(keyOf(repositoryId, branch, path), file);
  return {
    find: (...key) => known.get(keyOf(...key)),
    note,
    notePush(repositoryId, { branch, commit, files }) {
      for (const { path, bytes } of files) {
        note(repositoryId, branch, path, { commit, blobId: blobIdOf(bytes), bytes });
      }
    },
  };
}
