import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { readContainedFile } from '../../../platform/files/contained-file.ts';
import { walkFolder } from './folder-walk.ts';
import {
  CONTENT_BOUNDS,
  demandWithinBounds,
  notThere,
  type ContentFile,
  type ContentFolder,
} from '../content/content-folder.ts';

const PARALLEL_READS = 16;
/** Any of the three bits that let somebody run a file. */
const EXECUTABLE_BITS = 0o111;

/** The files below a folder of this machine, or one file. Nothing outside `root` is read, not through links either. */
export async function readLocalContent(
  root: string,
  place: string,
  signal: AbortSignal,
): Promise<ContentFolder> {
  const realRoot = await realpath(root).catch(() => undefined); // said below, with its name
  const target = path.join(root, place);
  const realTarget = await realpath(target).catch(() => undefined); // as above
  const isInside =
    realRoot !== undefined &&
    realTarget !== undefined &&
    (realTarget === realRoot || realTarget.startsWith(realRoot + path.sep));
  if (!isInside) throw notThere(place);
  const isFile = (await stat(realTarget)).isFile();
  const folder = isFile ? path.dirname(realTarget) : realTarget;
  const paths = isFile
    ? [path.basename(realTarget)]
    : (
        await walkFolder({
          realRoot: folder,
          matches: () => true,
          maxFiles: CONTENT_BOUNDS.maxFiles + 1,
          signal,
        })
      ).paths;
  demandWithinBounds(paths.length, 0);
  const files: ContentFile[] = [];
  let bytes = 0;
  for (let start = 0; start < paths.length; start += PARALLEL_READS) {
    signal.throwIfAborted();
    const read = await Promise.all(
      paths.slice(start, start + PARALLEL_READS).map((file) => readOne(folder, file)),
    );
    files.push(...read);
    bytes += read.reduce((sum, file) => sum + file.bytes.length, 0);
    demandWithinBounds(files.length, bytes);
  }
  return { revision: digestOf(files), files };
}

async function readOne(realRoot: string, file: string): Promise<ContentFile> {
  const found = await readContainedFile(realRoot, file, CONTENT_BOUNDS.maxBytes);
  if (found.state !== 'read') throw notThere(file);
  return { path: file, bytes: found.bytes, isExecutable: (found.mode & EXECUTABLE_BITS) !== 0 };
}

function digestOf(files: readonly ContentFile[]): string {
  const hash = createHash('sha256');
  for (const { path: file, bytes, isExecutable } of files) {
    hash.update(`${file}\0${bytes.length}\0${isExecutable}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 40);
}
