import type { SourceProgress } from '@waymark/contracts';
import { UNLISTED_CONTENT } from './content-id.ts';
import { parseFiles, referenceId, type FileWithReferences } from './file-parsing.ts';
import type {
  IncomingFile,
  Ingestion,
  IngestionRepository,
  IngestionResult,
} from './ingestion.repository.ts';
import type { DescriptorParser } from './parsing/descriptor-parser.ts';
import type { KindRules } from './kind-rules.ts';
import type { Failures, KnownFile, KnownFilesRepository } from './known-files.repository.ts';
import { LocationLinks } from './location-links.ts';
import type { AllowedKind } from './parsing/allowed-kinds.ts';
import {
  isUrlPath,
  type ListedFile,
  type SourceListing,
  type SourceReader,
} from './readers/source-reader.ts';
import type { FingerprintedSource } from './source-fingerprint.ts';
import type { SourceToRead } from './source-row.repository.ts';
import type { ReadingsRepository, ReadOutcome } from './readings.repository.ts';
import { unlistedFiles } from './unlisted-files.ts';

const PROGRESS_INTERVAL_MS = 500;
/** Location files that point at each other end here. */
const MAX_LINK_DEPTH = 10;

/** What one reading of a source needs. */
export interface SourceReadOptions {
  sources: ReadingsRepository;
  ingestion: IngestionRepository;
  knownFiles: KnownFilesRepository;
  kindRules: KindRules;
  parser: DescriptorParser;
  openReader: (source: SourceToRead) => SourceReader;
  /** See `createSourceFingerprint`. */
  fingerprintOf: (source: FingerprintedSource) => string;
  now: () => Date;
}

/** One reading of one source. */
export class SourceRead {
  readonly #source: SourceToRead;
  readonly #options: SourceReadOptions;
  readonly #signal: AbortSignal;
  readonly #reader: SourceReader;
  readonly #startedAt: Date;
  readonly #allowedKinds: readonly AllowedKind[] | undefined;
  /** Identity of everything but the content that decides what becomes of a file of this source. */
  readonly #fingerprint: string;
  #lastProgressAt: number;

  constructor(source: SourceToRead, startedAt: Date, options: SourceReadOptions, signal: AbortSignal) {
    this.#source = source;
    this.#startedAt = startedAt;
    // Whoever begins a reading says so.
    this.#lastProgressAt = startedAt.getTime();
    this.#options = options;
    this.#signal = signal;
    this.#reader = options.openReader(source);
    this.#allowedKinds = options.kindRules.allowedFor(source);
    this.#fingerprint = options.fingerprintOf(source);
  }

  async run(outcome: () => ReadOutcome): Promise<IngestionResult | { unchanged: true }> {
    const { sources, ingestion, knownFiles } = this.#options;
    const { id, revision } = this.#source;
    const isSameParser = this.#source.fingerprint === this.#fingerprint;
    // What lies elsewhere may change while the source itself stands still.
    const { hasFiles, dependsOnUrls } = await knownFiles.look(id);
    const known = dependsOnUrls ? await knownFiles.readKnownFiles(id) : undefined;
    if (known) this.#reader.remember?.(this.#knownContentIds(known));
    const listing = await this.#reader.list(
      isSameParser && !dependsOnUrls ? revision : undefined,
      this.#signal,
    );
    if (listing === undefined) {
      await sources.recordUnchanged(id, outcome());
      return { unchanged: true };
    }
    const files = known ?? (hasFiles ? await knownFiles.readKnownFiles(id) : new Map<string, KnownFile>());
    const links = new LocationLinks(this.#reader, files, hasFiles ? await knownFiles.readLinks(id) : []);
    const stale = await this.#completeListing(listing, files, links);
    if (isSameParser && stale.size === 0 && this.#isUnchanged(listing, files, links.isPartial)) {
      await sources.recordUnchanged(id, outcome());
      return { unchanged: true };
    }
    return ingestion.ingest(id, async (open, transaction) => {
      const { listedPaths, changedPaths } = await this.#readInto(open, {
        listing,
        known: files,
        links,
        stale,
      });
      const changes = await this.#reader.changesSince?.(revision, changedPaths, this.#signal);
      await this.#progressOfWriting(listedPaths.length);
      const isComplete = listing.isComplete && !links.isPartial;
      const result = await open.merge({ listedPaths, isComplete, mayHaveMoved: true, changes });
      sources.recordSuccess(transaction, id, {
        ...outcome(),
        revision: listing.revision,
        fingerprint: this.#fingerprint,
        counts: result,
      });
      return result;
    });
  }

  /**
   * Adds the files that unchanged Locations lead to: they belong to the source as before. Resolves to the paths of
   * unchanged files that depend on something that changed.
   */
  async #completeListing(
    listing: SourceListing,
    known: ReadonlyMap<string, KnownFile>,
    links: LocationLinks,
  ): Promise<Set<string>> {
    const files = new Map(listing.files.map((file) => [file.path, file]));
    const isUnchanged = (file: ListedFile) => known.get(file.path)?.contentId === this.#contentId(file);
    const stale = await links.addLinked(files, isUnchanged, this.#signal);
    listing.files = [...files.values()];
    for (const file of listing.files.filter(isUnchanged)) {
      for (const [target, contentId] of Object.entries(known.get(file.path)?.references ?? {})) {
        const current = await referenceId(this.#reader, file.path, target, this.#signal);
        if (current !== contentId) stale.add(file.path);
      }
    }
    return stale;
  }

  #isUnchanged(listing: SourceListing, known: ReadonlyMap<string, KnownFile>, isPartial: boolean): boolean {
    const unlisted = unlistedFiles(listing);
    // Of an incomplete listing nothing that is missing counts as gone.
    const hasNothingGone =
      !listing.isComplete || isPartial || known.size === listing.files.length + unlisted.length;
    return (
      hasNothingGone &&
      unlisted.every(({ path, contentId }) => known.get(path)?.contentId === contentId) &&
      listing.files.every((file) => known.get(file.path)?.contentId === this.#contentId(file))
    );
  }

  /**
   * Parses what changed and follows Location entities. Resolves to all paths that the source has, and to those
   * of them that changed or are gone.
   */
  async #readInto(
    open: Ingestion,
    { listing, known, links, stale }: OpenReading,
  ): Promise<{ listedPaths: string[]; changedPaths: string[] }> {
    const listed = new Map(listing.files.map((file) => [file.path, file]));
    const unlisted = unlistedFiles(listing);
    await open.addFiles(unlisted.filter(({ path, contentId }) => known.get(path)?.contentId !== contentId));
    const changedPaths: string[] = [];
    const isPending = (file: ListedFile) =>
      stale.has(file.path) || known.get(file.path)?.contentId !== this.#contentId(file);
    let pending = listing.files.filter(isPending);
    let done = 0;
    for (let depth = 0; depth < MAX_LINK_DEPTH && pending.length > 0; depth += 1) {
      const linked: ListedFile[] = [];
      for await (const parsed of this.#parse(pending)) {
        const incoming: IncomingFile[] = [];
        for (const file of parsed) {
          const { files, failures } = await links.follow(file, this.#signal);
          for (const found of files.filter(({ path }) => !listed.has(path))) {
            listed.set(found.path, found);
            linked.push(found);
          }
          incoming.push(this.#incoming(file, listed.get(file.path), failures));
        }
        await open.addFiles(incoming);
        done += parsed.length;
        changedPaths.push(...parsed.map(({ path }) => path));
        await this.#progress('reading', done, pending.length + linked.length);
      }
      pending = linked.filter(isPending);
    }
    const listedPaths = [...listed.keys(), ...unlisted.map(({ path }) => path)];
    const present = new Set(listedPaths);
    return {
      listedPaths,
      changedPaths: [...changedPaths, ...[...known.keys()].filter((path) => !present.has(path))],
    };
  }

  #parse(files: readonly ListedFile[]) {
    return parseFiles(files, {
      reader: this.#reader,
      parser: this.#options.parser,
      allowedKinds: this.#allowedKinds,
      signal: this.#signal,
    });
  }

  #incoming(
    { references, ...file }: FileWithReferences,
    listed: ListedFile | undefined,
    failures: Failures,
  ): IncomingFile {
    return {
      ...file,
      contentId: this.#contentId(listed),
      location: this.#reader.annotationsFor(file.path)['backstage.io/managed-by-location'] ?? '',
      dependencies: isEmpty(references) && isEmpty(failures) ? null : { references, failures },
    };
  }

  #contentId(file: ListedFile | undefined): string {
    return `${this.#fingerprint}:${file?.contentId ?? UNLISTED_CONTENT}`;
  }

  /** As the reader gave them: only those that this parser has seen are of use. */
  #knownContentIds(known: ReadonlyMap<string, KnownFile>): Map<string, string> {
    const prefix = `${this.#fingerprint}:`;
    const ids = new Map<string, string>();
    for (const [path, { contentId, references }] of known) {
      if (contentId.startsWith(prefix)) ids.set(path, contentId.slice(prefix.length));
      for (const [target, id] of Object.entries(references)) if (isUrlPath(target)) ids.set(target, id);
    }
    return ids;
  }

  /** What was read in a moment is written in a moment. */
  async #progressOfWriting(files: number): Promise<void> {
    const isLong = this.#options.now().getTime() - this.#startedAt.getTime() >= PROGRESS_INTERVAL_MS;
    await this.#progress('writing', files, files, isLong);
  }

  async #progress(
    stage: SourceProgress['stage'],
    done: number,
    total: number,
    isForced = false,
  ): Promise<void> {
    const now = this.#options.now().getTime();
    if (!isForced && now - this.#lastProgressAt < PROGRESS_INTERVAL_MS) return;
    this.#lastProgressAt = now;
    await this.#options.sources.recordProgress(this.#source.id, {
      stage,
      done,
      total,
      startedAt: this.#startedAt.toISOString(),
    });
  }
}

/** What a reading found out before anything is parsed. */
interface OpenReading {
  listing: SourceListing;
  known: ReadonlyMap<string, KnownFile>;
  links: LocationLinks;
  /** Unchanged files that depend on something that changed. */
  stale: ReadonlySet<string>;
}

function isEmpty(record: Record<string, unknown>): boolean {
  return Object.keys(record).length === 0;
}
