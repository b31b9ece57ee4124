import type { SourceProblem, SourceProgress } from '@waymark/contracts';
import type { Logger } from 'pino';
import type {
  Ingestion,
  IngestionRepository,
  IngestionResult,
  IncomingFile,
} from './ingestion.repository.ts';
import type { DescriptorParser } from './parsing/descriptor-parser.ts';
import type { FileToParse, ParsedFile } from './parsing/parsed-file.ts';
import {
  SourceReadError,
  type ListedFile,
  type SourceListing,
  type SourceReader,
} from './readers/source-reader.ts';
import type { SourceToRead } from './source-row.repository.ts';
import type { ReadOutcome, SourcesRepository } from './sources.repository.ts';

/** Bytes of files that cross into a parser thread at once. */
const BATCH_BYTES = 1024 * 1024;
const BATCH_FILES = 200;
/** Batches in flight: one for each parser thread and one ready. */
const PARALLEL_BATCHES = 3;
const PROGRESS_INTERVAL_MS = 500;
/** Content id of a path that was seen and cannot be read: never equal to a real one. */
const UNLISTED = 'unlisted';
const RETRY_AFTER_FAULT_MS = 15_000;
/** Location files that point at each other end here. */
const MAX_LINK_DEPTH = 10;

export interface SourceReadingOptions {
  sources: SourcesRepository;
  ingestion: IngestionRepository;
  parser: DescriptorParser;
  openReader: (source: SourceToRead) => SourceReader;
  /** Identity of parser, kinds and limits; see `parserFingerprint`. */
  fingerprint: string;
  refreshIntervalMs: number;
  now: () => Date;
  log: Logger;
}

/** Reads sources into the catalog. */
export interface SourceReading {
  /** Reads one source if it is due. Failures of the source itself end in its state, not in an exception. */
  read(sourceId: string, signal: AbortSignal): Promise<void>;
}

export function createSourceReading(options: SourceReadingOptions): SourceReading {
  const { sources, now, log } = options;
  return {
    async read(sourceId, signal) {
      const startedAt = now();
      const nextReadAt = new Date(startedAt.getTime() + options.refreshIntervalMs);
      const source = await sources.startReading(sourceId, startedAt, nextReadAt);
      if (!source) return;
      const outcome = (): ReadOutcome => ({
        startedAt,
        durationMs: now().getTime() - startedAt.getTime(),
        nextReadAt,
      });
      try {
        const result = await new SourceRead(source, startedAt, options, signal).run(outcome);
        log.info({ source: source.target, ...result, durationMs: outcome().durationMs }, 'sources: read');
      } catch (error) {
        signal.throwIfAborted();
        await sources.recordFailure(sourceId, {
          ...outcome(),
          ...explainFailure(error, source, startedAt, log),
        });
      }
    },
  };
}

/** What the source's row says of a failed read. After a fault of our own the next try comes soon. */
function explainFailure(
  error: unknown,
  source: SourceToRead,
  startedAt: Date,
  log: Logger,
): { error: { code: string; message: string; hint: string }; nextReadAt?: Date } {
  if (error instanceof SourceReadError) {
    log.warn({ source: source.target, code: error.code, err: error.cause }, `sources: ${error.message}`);
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
  log.error({ source: source.target, err: error }, 'sources: reading failed unexpectedly');
  return {
    error: {
      code: 'source.unexpected',
      message: 'Reading this source failed for a reason on our side; the last good entities stay.',
      hint: 'It is tried again by itself. If it stays, look for this source in the log of the worker.',
    },
    nextReadAt: new Date(startedAt.getTime() + RETRY_AFTER_FAULT_MS),
  };
}

/** One reading of one source. */
class SourceRead {
  readonly #source: SourceToRead;
  readonly #options: SourceReadingOptions;
  readonly #signal: AbortSignal;
  readonly #reader: SourceReader;
  readonly #startedAt: Date;
  #lastProgressAt = 0;

  constructor(source: SourceToRead, startedAt: Date, options: SourceReadingOptions, signal: AbortSignal) {
    this.#source = source;
    this.#startedAt = startedAt;
    this.#options = options;
    this.#signal = signal;
    this.#reader = options.openReader(source);
  }

  async run(outcome: () => ReadOutcome): Promise<IngestionResult | { unchanged: true }> {
    const { sources, ingestion, fingerprint } = this.#options;
    const { id, revision } = this.#source;
    const isSameParser = this.#source.fingerprint === fingerprint;
    await this.#progress('fetching', 0, undefined, true);
    const listing = await this.#reader.list(isSameParser ? revision : undefined, this.#signal);
    if (listing === undefined) {
      await sources.recordUnchanged(id, outcome());
      return { unchanged: true };
    }
    const known = await ingestion.readContentIds(id);
    await this.#addLinkedFiles(listing, known);
    if (isSameParser && this.#isUnchanged(listing, known)) {
      await sources.recordUnchanged(id, outcome());
      return { unchanged: true };
    }
    return ingestion.ingest(id, async (open, transaction) => {
      const listedPaths = await this.#readInto(open, listing, known);
      await this.#progress('writing', listedPaths.length, listedPaths.length, true);
      const result = await open.merge({ listedPaths, isComplete: listing.isComplete });
      await sources.recordSuccess(transaction, id, {
        ...outcome(),
        revision: listing.revision,
        fingerprint,
        counts: result,
      });
      return result;
    });
  }

  /** Files that unchanged Location entities point at belong to the source as before. */
  async #addLinkedFiles(listing: SourceListing, known: ReadonlyMap<string, string>): Promise<void> {
    const current = new Map(listing.files.map((file) => [file.path, file]));
    let fresh = listing.files;
    const links = await this.#options.ingestion.readLocationTargets(this.#source.id);
    for (let depth = 0; depth < MAX_LINK_DEPTH && fresh.length > 0; depth += 1) {
      const unchanged = new Set(
        fresh.filter((file) => known.get(file.path) === this.#contentId(file)).map(({ path }) => path),
      );
      fresh = [];
      for (const { path, target } of links.filter((link) => unchanged.has(link.path))) {
        const resolved = await this.#reader.resolveTarget(path, target, this.#signal);
        if (!('files' in resolved)) continue; // told of when the file that points there is read
        for (const file of resolved.files) {
          if (current.has(file.path)) continue;
          current.set(file.path, file);
          fresh.push(file);
        }
      }
    }
    listing.files = [...current.values()];
  }

  #isUnchanged(listing: SourceListing, known: ReadonlyMap<string, string>): boolean {
    const total = listing.files.length + listing.problems.length;
    return (
      listing.isComplete &&
      listing.problems.length === 0 &&
      known.size === total &&
      listing.files.every((file) => known.get(file.path) === this.#contentId(file))
    );
  }

  /** Parses what changed, follows Location entities, and resolves to all paths that the source has. */
  async #readInto(
    open: Ingestion,
    listing: SourceListing,
    known: ReadonlyMap<string, string>,
  ): Promise<string[]> {
    const listed = new Map(listing.files.map((file) => [file.path, file]));
    await open.addFiles(unlistedFiles(listing.problems, new Set(listed.keys())));
    let pending = listing.files.filter((file) => known.get(file.path) !== this.#contentId(file));
    let done = 0;
    for (let depth = 0; depth < MAX_LINK_DEPTH && pending.length > 0; depth += 1) {
      const linked: ListedFile[] = [];
      for await (const parsed of this.#parse(pending)) {
        for (const file of parsed) {
          for (const found of await this.#follow(file)) {
            if (listed.has(found.path)) continue;
            listed.set(found.path, found);
            linked.push(found);
          }
        }
        await open.addFiles(
          parsed.map((file) => ({ ...file, contentId: this.#contentId(listed.get(file.path)) })),
        );
        done += parsed.length;
        await this.#progress('reading', done, pending.length + linked.length);
      }
      pending = linked.filter((file) => known.get(file.path) !== this.#contentId(file));
    }
    return [...listed.keys(), ...listing.problems.map(({ path }) => path)];
  }

  /** Contents go to the parser in batches; a few are under way at once, results come in order. */
  async *#parse(files: readonly ListedFile[]): AsyncGenerator<ParsedFile[]> {
    const running: Promise<ParsedFile[]>[] = [];
    let batch: FileToParse[] = [];
    let bytes = 0;
    const flush = () => {
      const parsing = this.#options.parser.parse(batch, this.#signal);
      parsing.catch(() => {}); // awaited below; this only keeps an early failure from being unhandled
      running.push(parsing);
      batch = [];
      bytes = 0;
    };
    for await (const content of this.#reader.read(files, this.#signal)) {
      if ('problem' in content) {
        yield [unreadableFile(content.path, [content.problem])];
        continue;
      }
      batch.push({ ...content, annotations: this.#reader.annotationsFor(content.path) });
      bytes += content.bytes.length;
      if (bytes >= BATCH_BYTES || batch.length >= BATCH_FILES) flush();
      if (running.length >= PARALLEL_BATCHES) yield (await running.shift()) ?? [];
    }
    if (batch.length > 0) flush();
    for (const parsing of running) yield await parsing;
  }

  /** Files that the Location entities of a file point at; a target that leads nowhere is a problem of the file. */
  async #follow(file: ParsedFile): Promise<ListedFile[]> {
    const found: ListedFile[] = [];
    for (const { target, isOptional, line, ref } of file.locationTargets) {
      const resolved = await this.#reader.resolveTarget(file.path, target, this.#signal);
      if ('files' in resolved) found.push(...resolved.files);
      else if (!isOptional) {
        file.problems.push({
          ...{ path: file.path, line, level: 'error', code: 'location.target-not-found' },
          message: resolved.message,
          hint: resolved.hint,
          entityRef: ref,
        });
      }
    }
    return found;
  }

  #contentId(file: ListedFile | undefined): string {
    return `${this.#options.fingerprint}:${file?.contentId ?? UNLISTED}`;
  }

  async #progress(
    stage: SourceProgress['stage'],
    done: number,
    total: number | undefined,
    isForced = false,
  ): Promise<void> {
    const now = this.#options.now().getTime();
    if (!isForced && now - this.#lastProgressAt < PROGRESS_INTERVAL_MS) return;
    this.#lastProgressAt = now;
    await this.#options.sources.recordProgress(this.#source.id, {
      stage,
      done,
      ...(total === undefined ? {} : { total }),
      startedAt: this.#startedAt.toISOString(),
    });
  }
}

/** Paths that the listing saw and could not take: they keep what they had, and say why. */
function unlistedFiles(problems: readonly SourceProblem[], listed: ReadonlySet<string>): IncomingFile[] {
  const byPath = Map.groupBy(
    problems.filter(({ path }) => !listed.has(path)),
    ({ path }) => path,
  );
  return [...byPath].map(([path, own]) => ({ ...unreadableFile(path, own), contentId: UNLISTED }));
}

function unreadableFile(path: string, problems: SourceProblem[]): ParsedFile {
  return { path, rows: [], problems, brokenRefs: [], hasUnidentified: true, locationTargets: [] };
}
