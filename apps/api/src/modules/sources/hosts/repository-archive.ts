import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { SourceReadError } from '../readers/source-reader.ts';

/** Beyond these an archive is given up: it is no repository of descriptors, or a bomb. */
export interface ArchiveBounds {
  maxEntries: number;
  maxUnpackedBytes: number;
  /** What of it may be held in memory: contents of wanted files, and the paths of all. */
  maxKeptBytes: number;
}

/** Code of an archive that is larger than what is accepted. */
export const ARCHIVE_TOO_LARGE = 'repository.archive-too-large';

const USUAL_BOUNDS: ArchiveBounds = {
  maxEntries: 500_000,
  maxUnpackedBytes: 1024 * 1024 * 1024,
  maxKeptBytes: 128 * 1024 * 1024,
};
/** Of what is unpacked, times the size of the archive. */
const MAX_RATIO = 200;
/** A small archive may be packed as tightly as it likes. */
const MIN_RATIO_BYTES = 8 * 1024 * 1024;
/** Of packed and of unpacked bytes that are dealt with in one go. */
const PIECE_BYTES = 64 * 1024;
/** Any of the three bits that let somebody run a file. */
const EXECUTABLE_BITS = 0o111;
const FILE_TYPES = new Set(['File', 'OldFile', 'ContiguousFile']);

/** One file of an archive, without the folder that hosts put around everything. */
export interface ArchivedFile {
  path: string;
  bytes: number;
  /** Git's id of the content. */
  blobId: string;
  isExecutable: boolean;
  /** Of wanted files only. */
  content: Buffer | undefined;
}

/** What is read of an archive. */
export interface ArchiveReading {
  signal: AbortSignal;
  /** Whose contents are kept. */
  wants: (path: string, bytes: number) => boolean;
  bounds?: ArchiveBounds;
}

/**
 * Reads a gzipped tar piece by piece, and keeps the contents of wanted files alone. Unpacking happens beside the
 * event loop, nothing is written to the disk; links, devices and everything else that is no file are passed over.
 *
 * @throws SourceReadError {@link ARCHIVE_TOO_LARGE} beyond the bounds, `repository.bad-archive` when it is damaged;
 *   the reason of the signal when that is aborted
 */
export async function readArchive(archive: Uint8Array, reading: ArchiveReading): Promise<ArchivedFile[]> {
  const { signal, bounds = USUAL_BOUNDS } = reading;
  const unpacking = new Unpacking(reading.wants, bounds);
  const maxBytes = Math.min(
    bounds.maxUnpackedBytes,
    Math.max(archive.byteLength * MAX_RATIO, MIN_RATIO_BYTES),
  );
  try {
    await pipeline(
      Readable.from(piecesOf(archive)),
      createGunzip({ chunkSize: PIECE_BYTES }),
      async (pieces: AsyncIterable<Buffer>) => {
        let unpackedBytes = 0;
        for await (const piece of pieces) {
          unpackedBytes += piece.length;
          if (unpackedBytes > maxBytes) {
            throw archiveTooLarge(`it unpacks to more than ${maxBytes.toLocaleString('en')} bytes`);
          }
          unpacking.write(piece);
        }
      },
      { signal },
    );
    return await unpacking.end();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceReadError) throw error;
    throw new SourceReadError(
      'repository.bad-archive',
      'The archive of the repository is damaged or broke off.',
      'It is tried again by itself.',
      error,
    );
  }
}

/** What is thrown for an archive beyond the bounds. */
export function archiveTooLarge(reason: string, cause?: unknown): SourceReadError {
  return new SourceReadError(
    ARCHIVE_TOO_LARGE,
    `The archive of the repository is too large to be read: ${reason}.`,
    'Name single files in place of a pattern, or register the repository as a source of type git: it is read through a mirror then.',
    cause,
  );
}

/** No repository has such files, so nobody's honest archive has. */
function impossibleEntry(path: string, reason: string): SourceReadError {
  return new SourceReadError(
    'repository.bad-archive',
    `The archive of the repository is not to be trusted: the file ${JSON.stringify(path.slice(0, 200))} ${reason}.`,
    'Look at who answers in the place of the host: a proxy may stand in the way.',
  );
}

function* piecesOf(archive: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < archive.length; start += PIECE_BYTES) {
    yield archive.subarray(start, start + PIECE_BYTES);
  }
}

/** Takes the files out of a tar as its bytes come in. */
class Unpacking {
  readonly #wants: ArchiveReading['wants'];
  readonly #bounds: ArchiveBounds;
  readonly #files: ArchivedFile[] = [];
  readonly #paths = new Set<string>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #parser: Parser;
  #begin = Buffer.alloc(0);
  #entries = 0;
  #keptBytes = 0;
  #isAtEnd = false;
  #failure: Error | undefined;

  constructor(wants: ArchiveReading['wants'], bounds: ArchiveBounds) {
    this.#wants = wants;
    this.#bounds = bounds;
    this.#parser = new Parser({
      ...{ strict: true, zstd: false, brotli: false },
      onReadEntry: (entry) => {
        try {
          this.#take(entry);
        } catch (error) {
          // Thrown here it would get lost between the parser's events.
          this.#fail(error);
          entry.resume();
        }
      },
    });
    this.#parser.on('eof', () => (this.#isAtEnd = true));
    this.#parser.on('end', () => this.#ended.resolve());
    this.#parser.on('error', (error: unknown) => this.#fail(error));
  }

  write(piece: Buffer): void {
    // The parser would keep in memory whatever follows the end.
    if (this.#isAtEnd) return;
    // The parser would unpack a gzip within the gzip, and nobody would count that.
    if (this.#begin.length < 2) this.#begin = Buffer.concat([this.#begin, piece]).subarray(0, 2);
    if (this.#begin[0] === 0x1f && this.#begin[1] === 0x8b) throw new Error('The archive is packed twice.');
    this.#parser.write(piece);
    if (this.#failure) throw this.#failure;
  }

  async end(): Promise<ArchivedFile[]> {
    this.#parser.end();
    await this.#ended.promise;
    if (this.#failure) throw this.#failure;
    return this.#files;
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#ended.resolve();
  }

  #take(entry: ReadEntry): void {
    const { maxEntries, maxKeptBytes } = this.#bounds;
    this.#entries += 1;
    if (this.#entries > maxEntries) {
      throw archiveTooLarge(`it has more than ${maxEntries.toLocaleString('en')} entries`);
    }
    const path = entry.path.split('/').slice(1).join('/');
    if (!FILE_TYPES.has(entry.type) || path === '') {
      entry.resume();
      return;
    }
    const isOutside = entry.path.startsWith('/') || path.split('/').includes('..');
    if (isOutside) throw impossibleEntry(path, 'lies outside of it');
    if (this.#paths.has(path)) throw impossibleEntry(path, 'is in it twice');
    this.#paths.add(path);
    const isWanted = this.#wants(path, entry.size);
    this.#keptBytes += path.length + (isWanted ? entry.size : 0);
    if (this.#keptBytes > maxKeptBytes) {
      throw archiveTooLarge(
        `the files that are wanted of it have more than ${maxKeptBytes.toLocaleString('en')} bytes together`,
      );
    }
    const hash = createHash('sha1').update(`blob ${entry.size}\0`);
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      if (isWanted) chunks.push(chunk);
    });
    entry.on('end', () => {
      this.#files.push({
        path,
        bytes: entry.size,
        blobId: hash.digest('hex'),
        isExecutable: ((entry.mode ?? 0) & EXECUTABLE_BITS) !== 0,
        content: isWanted ? Buffer.concat(chunks) : undefined,
      });
    });
  }
}
