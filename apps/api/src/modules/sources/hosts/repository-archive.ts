import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Parser, type ReadEntry } from 'tar';

/** Beyond these an archive is given up: it is no repository of descriptors, or a bomb. */
export interface ArchiveBounds {
  maxEntries: number;
  maxUnpackedBytes: number;
  /** What of it may be held in memory. */
  maxKeptBytes: number;
}

const USUAL_BOUNDS: ArchiveBounds = {
  maxEntries: 500_000,
  maxUnpackedBytes: 1024 * 1024 * 1024,
  maxKeptBytes: 128 * 1024 * 1024,
};
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
  bounds: ArchiveBounds = USUAL_BOUNDS,
): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  const seen = { entries: 0, unpackedBytes: 0, keptBytes: 0 };
  let failure: Error | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        takeEntry(entry, { wants, files, seen, bounds });
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
    seen,
    bounds,
  }: {
    wants: (path: string, bytes: number) => boolean;
    files: ArchivedFile[];
    seen: { entries: number; unpackedBytes: number; keptBytes: number };
    bounds: ArchiveBounds;
  },
): void {
  seen.entries += 1;
  seen.unpackedBytes += entry.size;
  if (seen.entries > bounds.maxEntries || seen.unpackedBytes > bounds.maxUnpackedBytes) {
    throw new ArchiveTooLargeError(
      `The archive has more than ${bounds.maxEntries} entries or ${bounds.maxUnpackedBytes} bytes.`,
    );
  }
  const path = entry.path.split('/').slice(1).join('/');
  if (!FILE_TYPES.has(entry.type) || path === '') {
    entry.resume();
    return;
  }
  const isWanted = wants(path, entry.size);
  if (isWanted) seen.keptBytes += entry.size;
  if (seen.keptBytes > bounds.maxKeptBytes) {
    throw new ArchiveTooLargeError(
      `The descriptors of the archive have more than ${bounds.maxKeptBytes} bytes.`,
    );
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
