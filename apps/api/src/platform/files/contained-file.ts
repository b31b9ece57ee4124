import { constants } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** What became of opening a file below a folder. */
export type ContainedFile =
  /** `place`: where the file lies, with all links resolved; `mode`: with the bits of its permissions. */
  | { state: 'read'; bytes: Uint8Array; place: string; mode: number }
  | { state: 'too-large'; size: number }
  | { state: 'outside' }
  | { state: 'no-file' };

/**
 * Reads a file below a folder, and only there. The place of what was opened is asked for afterwards, so
 * that a link that takes the place of a file or folder in the meantime leads nowhere. Rejects with the system's error when the file cannot be opened.
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
    const place = await placeOf(handle, absolute);
    if (!place?.startsWith(realRoot + path.sep)) return { state: 'outside' };
    const info = await handle.stat();
    if (!info.isFile()) return { state: 'no-file' };
    const { size, mode } = info;
    if (size > maxBytes) return { state: 'too-large', size };
    return { state: 'read', bytes: await readExactly(handle, size), place, mode };
  } finally {
    await handle.close();
  }
}

/**
 * Where an open file lies, undefined when that cannot be told. Linux keeps the answer with the open file, whatever
 * has become of the folders that led to it. Elsewhere the path is followed a second time, and must lead to the file
 * that is open.
 */
async function placeOf(handle: FileHandle, absolute: string): Promise<string | undefined> {
  if (process.platform === 'linux') return readlink(`/proc/self/fd/${handle.fd}`);
  const real = await realpath(absolute);
  const [opened, found] = await Promise.all([handle.stat(), stat(real)]);
  return opened.ino === found.ino && opened.dev === found.dev ? real : undefined;
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
