import { Parser, type ReadEntry } from 'tar';
import { SourceReadError } from '../source-reader.ts';

/** Bounds on an archive that somebody else made. */
export interface ArchiveLimits {
  maxFiles: number;
  maxFileBytes: number;
}

/** Entries of any kind; each costs a header of half a kilobyte. */
const MAX_ENTRIES = 500_000;
/** Of what is unpacked in passing, times the size of the archive. */
const MAX_RATIO = 200;
/** Of the contents that are kept. */
const MAX_KEPT_BYTES = 256 * 1024 * 1024;

/**
 * Contents of the wanted files of a gzipped tar archive, by their path without the archive's own top folder. Nothing
 * touches the disk; links, devices and whatever else is no file are passed over.
 *
 * @throws SourceReadError for an archive that is damaged or beyond the limits
 */
export function extractArchive(
  archive: Uint8Array,
  isWanted: (path: string) => boolean,
  { maxFiles, maxFileBytes }: ArchiveLimits,
): Promise<Map<string, Uint8Array>> {
  const { promise, resolve, reject } = Promise.withResolvers<Map<string, Uint8Array>>();
  const files = new Map<string, Uint8Array>();
  let entries = 0;
  let keptBytes = 0;
  const fail = (reason: string, cause?: unknown) => {
    const error = new SourceReadError(
      'url.bad-archive',
      `The archive of the repository cannot be used: ${reason}.`,
      'Name single files in place of a pattern, or use a source of type git.',
      cause,
    );
    reject(error);
    return error;
  };
  const onReadEntry = (entry: ReadEntry) => {
    entries += 1;
    const path = withoutTopFolder(entry.path);
    const isKept = entry.type === 'File' && isWanted(path) && entry.size <= maxFileBytes;
    if (isKept) keptBytes += entry.size;
    const reason =
      entries > MAX_ENTRIES || (isKept && files.size >= maxFiles)
        ? 'it has too many files'
        : keptBytes > MAX_KEPT_BYTES
          ? 'its files are too large together'
          : undefined;
    if (reason !== undefined) {
      parser.abort(fail(reason));
      return;
    }
    if (!isKept) {
      entry.resume();
      return;
    }
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => files.set(path, Buffer.concat(chunks)));
  };
  const parser = new Parser({ strict: true, maxDecompressionRatio: MAX_RATIO, onReadEntry });
  parser.on('error', (error) => fail('it is damaged', error));
  parser.on('end', () => resolve(files));
  parser.end(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength));
  return promise;
}

function withoutTopFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
