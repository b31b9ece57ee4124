import type { GitMirror } from '../readers/git-mirror.ts';
import type { TreeEntry } from '../readers/git-output.ts';
import { FILE_MODES } from '../readers/repository-tree.ts';
import { demandWithinBounds, pathBelow, type ContentFolder } from './content-folder.ts';

const EXECUTABLE_MODE = '100755';

/** The files below a folder of a commit, or the one file of that path, from a mirror. */
export async function readGitContent(
  mirror: GitMirror,
  commit: string,
  path: string,
  signal: AbortSignal,
): Promise<ContentFolder> {
  const entries = (await mirror.treeAt(commit, signal)).flatMap((entry) => placed(entry, path));
  demandWithinBounds(
    entries.length,
    entries.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const blobIds = entries.map(({ blobId }) => blobId);
  const contents = await mirror.readBlobs(blobIds, signal);
  const files = entries.map(({ path: place, mode }, index) => ({
    path: place,
    bytes: contents[index] ?? new Uint8Array(),
    isExecutable: mode === EXECUTABLE_MODE,
  }));
  return { revision: commit, files };
}

function placed(entry: TreeEntry, folder: string): TreeEntry[] {
  if (entry.type !== 'blob' || !FILE_MODES.has(entry.mode)) return [];
  if (entry.path === folder) return [{ ...entry, path: folder.slice(folder.lastIndexOf('/') + 1) }];
  const path = pathBelow(folder, entry.path);
  return path === undefined ? [] : [{ ...entry, path }];
}
