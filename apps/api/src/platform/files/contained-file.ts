import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** What became of opening a file below a folder. */
export type ContainedFile =
  | { state: 'read'; bytes: Uint8Array }
  | { state: 'too-large'; size: number }
  | { state: 'outside' }
  | { state: 'no-file' };

/**
 * Reads a file below a folder, and only there. What was opened is looked up again afterwards: a link that takes
 * the place of a file or folder between check and use leads to another file than the one that is open, or out
 * of the folder. Rejects with the system's error when the file cannot be opened.
 *
 * @param realRoot the folder with all links resolved
 */
export async function readContainedFile(
  realRoot: string,
  file: string,
  maxBytes: number,
): Promise<ContainedFile> {
  const absolute = path.join(realRoot, file);
  // Not blocking: a pipe in the place of a file would wait for its other end for ever.
  const handle = await open(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size, ino, dev } = await handle.stat();
    const real = await realpath(absolute);
    const now = await stat(real);
    if (!real.startsWith(realRoot + path.sep) || now.ino !== ino || now.dev !== dev)
      return { state: 'outside' };
    if (!now.isFile()) return { state: 'no-file' };
    if (size > maxBytes) return { state: 'too-large', size };
    return { state: 'read', bytes: await readExactly(handle, size) };
  } finally {
    await handle.close();
  }
}

/** As many bytes as the file had: one that grows meanwhile cannot exceed the limit. */
async function readExactly(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
