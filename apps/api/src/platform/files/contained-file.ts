import * as fs from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const openFile = promisify(fs.open);
const readFrom = promisify(fs.read);

/** What became of opening a file below a folder. */
export type ContainedFile =
  /** `place`: where the file lies, with all links resolved; `mode`: with the bits of its permissions. */
  | { state: 'read'; bytes: Uint8Array; place: string; mode: number }
  | { state: 'too-large'; size: number }
  | { state: 'outside' }
  | { state: 'no-file' };

/**
 * Reads a file below a folder, and only there. The place of what was opened is asked for afterwards, so
 * that a link that takes the place of a file or folder in the meantime leads nowhere. Rejects with the system's error
 * when the file cannot be opened.
 *
 * What the system knows of an open file is asked at once: the disk has no part in it, and to have a thread ask takes ten
 * times as long.
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
  const descriptor = await openFile(absolute, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    const place = await placeOf(descriptor, absolute);
    if (!place?.startsWith(realRoot + path.sep)) return { state: 'outside' };
    const info = fs.fstatSync(descriptor);
    if (!info.isFile()) return { state: 'no-file' };
    const { size, mode } = info;
    if (size > maxBytes) return { state: 'too-large', size };
    return { state: 'read', bytes: await readExactly(descriptor, size), place, mode };
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * Where an open file lies, undefined when that cannot be told. Linux keeps the answer with the open file, whatever
 * has become of the folders that led to it. Elsewhere the path is followed a second time, and must lead to the file
 * that is open.
 */
async function placeOf(descriptor: number, absolute: string): Promise<string | undefined> {
  if (process.platform === 'linux') return fs.readlinkSync(`/proc/self/fd/${descriptor}`);
  const real = await realpath(absolute);
  const opened = fs.fstatSync(descriptor);
  const found = await stat(real);
  return opened.ino === found.ino && opened.dev === found.dev ? real : undefined;
}

/** As many bytes as the file had: one that grows meanwhile cannot exceed the limit. */
async function readExactly(descriptor: number, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await readFrom(descriptor, bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
