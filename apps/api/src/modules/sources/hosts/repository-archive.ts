import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Parser, type ReadEntry } from 'tar';

/** Beyond these an archive is given up: it is no repository of descriptors, or a bomb. */
const MAX_ENTRIES = 500_000;
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
/** What of it may be held in memory. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const FILE_TYPES = new Set(['File', 'OldFile', 'ContiguousFile']);

/** One file of an archive, without the folder that hosts put around everything. */
export interface ArchivedFile {
  path: string;
  bytes: number;
  /** Git's id of the content. */
  blobId: string;
  /** Of wanted files only. */
  content: Buffer | undefined;
}

/** The archive is larger than what is accepted. */
export class ArchiveTooLargeError extends Error {
  override readonly name = 'ArchiveTooLargeError';
}

/**
 * Reads a gzipped tar piece by piece, and keeps the contents of wanted files alone. Nothing is written to
 * the disk; links, devices and everything else that is no file are passed over.
 *
 * @throws ArchiveTooLargeError
 */
export async function readArchive(
  archive: Uint8Array,
  wants: (path: string, bytes: number) => boolean,
): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  const bounds = { entries: 0, unpackedBytes: 0, keptBytes: 0 };
  let failure: Error | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        takeEntry(entry, { wants, files, bounds });
      } catch (error) {
        // Thrown here it would get lost between the parser's events.
        failure ??= error instanceof Error ? error : new Error(String(error));
        entry.resume();
      }
    },
  });
  const ended = Promise.withResolvers<void>();
  parser.on('end', () => ended.resolve());
  parser.on('error', (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    ended.resolve();
  });
  for (let start = 0; start < archive.length && !failure; start += CHUNK_BYTES) {
    parser.write(Buffer.from(archive.subarray(start, start + CHUNK_BYTES)));
    // Others have their turn between two pieces.
    await setImmediate();
  }
  if (!failure) {
    parser.end();
    await ended.promise;
  }
  if (failure) throw failure;
  return files;
}

function takeEntry(
  entry: ReadEntry,
  {
    wants,
    files,
    bounds,
  }: {
    wants: (path: string, bytes: number) => boolean;
    files: ArchivedFile[];
    bounds: { entries: number; unpackedBytes: number; keptBytes: number };
  },
): void {
  bounds.entries += 1;
  bounds.unpackedBytes += entry.size;
  if (bounds.entries > MAX_ENTRIES || bounds.unpackedBytes > MAX_UNPACKED_BYTES) {
    throw new ArchiveTooLargeError(
      `The archive has more than ${MAX_ENTRIES} entries or ${MAX_UNPACKED_BYTES} bytes.`,
    );
  }
  const path = entry.path.split('/').slice(1).join('/');
  if (!FILE_TYPES.has(entry.type) || path === '') {
    entry.resume();
    return;
  }
  const isWanted = wants(path, entry.size);
  if (isWanted) bounds.keptBytes += entry.size;
  if (bounds.keptBytes > MAX_KEPT_BYTES) {
    throw new ArchiveTooLargeError(`The descriptors of the archive have more than ${MAX_KEPT_BYTES} bytes.`);
  }
  const hash = createHash('sha1').update(`blob ${entry.size}\0`);
  const chunks: Buffer[] = [];
  entry.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    if (isWanted) chunks.push(chunk);
  });
  entry.on('end', () => {
    files.push({
      path,
      bytes: entry.size,
      blobId: hash.digest('hex'),
      content: isWanted ? Buffer.concat(chunks) : undefined,
    });
  });
}
