import { escapeInvisible } from '@waymark/catalog-model';
import type { Failures, KnownFile, KnownLink } from './known-files.repository.ts';
import type { LocationTarget, ParsedFile } from './parsing/parsed-file.ts';
import { isUrlPath, type ListedFile, type SourceReader, type Unresolved } from './readers/source-reader.ts';

/** Location files that point at each other end here. */
const MAX_LINK_DEPTH = 10;
/** Types of locations whose files a source can follow. */
const FOLLOWED_TYPES = new Set(['url', 'file', 'git']);

/** Follows what the Location entities of a source point at, over one reading. */
export class LocationLinks {
  readonly #reader: SourceReader;
  readonly #known: ReadonlyMap<string, KnownFile>;
  readonly #links: ReadonlyMap<string, KnownLink[]>;
  #isPartial = false;

  constructor(reader: SourceReader, known: ReadonlyMap<string, KnownFile>, links: readonly KnownLink[]) {
    this.#reader = reader;
    this.#known = known;
    this.#links = Map.groupBy(links, ({ path }) => path);
  }

  /** True when something could not be read that may be there: then nothing that is not listed is known to be gone. */
  get isPartial(): boolean {
    return this.#isPartial;
  }

  /**
   * Adds to the files those that unchanged Locations lead to. Resolves to the paths of unchanged files whose links end
   * differently than last time, so that they have to be read again.
   */
  async addLinked(
    files: Map<string, ListedFile>,
    isUnchanged: (file: ListedFile) => boolean,
    signal: AbortSignal,
  ): Promise<Set<string>> {
    const stale = new Set<string>();
    let fresh = [...files.values()];
    for (let depth = 0; depth < MAX_LINK_DEPTH && fresh.length > 0; depth += 1) {
      const next: ListedFile[] = [];
      for (const { path } of fresh.filter(isUnchanged)) {
        for (const link of this.#links.get(path) ?? []) {
          const resolved = await this.#resolve(path, link, signal);
          if (this.#known.get(path)?.failures[link.target] !== failureOf(resolved)) stale.add(path);
          for (const file of 'files' in resolved ? resolved.files : []) {
            if (files.has(file.path)) continue;
            files.set(file.path, file);
            next.push(file);
          }
        }
      }
      fresh = next;
    }
    return stale;
  }

  /** Files that the Locations of a parsed file point at; a target that leads nowhere becomes a problem of the file. */
  async follow(file: ParsedFile, signal: AbortSignal): Promise<{ files: ListedFile[]; failures: Failures }> {
    const files: ListedFile[] = [];
    const failures: Failures = {};
    for (const link of file.locationTargets) {
      const resolved = await this.#resolve(file.path, link, signal);
      if ('files' in resolved) {
        files.push(...resolved.files);
        continue;
      }
      failures[link.target] = resolved.message;
      if (!isExcused(link, resolved)) file.problems.push(problemOf(file.path, link, resolved));
    }
    // The last good version of a Location that is broken now still says what belongs to the source.
    if (file.hasUnidentified || file.brokenRefs.some((ref) => ref.startsWith('location:'))) {
      for (const link of this.#links.get(file.path) ?? []) {
        const resolved = await this.#resolve(file.path, link, signal);
        if ('files' in resolved) files.push(...resolved.files);
      }
    }
    return { files, failures };
  }

  async #resolve(
    fromPath: string,
    link: Pick<LocationTarget, 'target' | 'type' | 'isOptional'>,
    signal: AbortSignal,
  ): Promise<{ files: ListedFile[] } | Unresolved> {
    const resolved =
      refusedType(fromPath, link) ?? (await this.#reader.resolveTarget(fromPath, link.target, signal));
    if ('files' in resolved) return resolved;
    // Of a place elsewhere, not even "not found" proves that it is gone: a token may have been revoked.
    const isElsewhere = isUrlPath(fromPath) || isUrlPath(link.target) || resolved.reason === 'unreadable';
    if (isElsewhere && !isExcused(link, resolved)) this.#isPartial = true;
    return resolved;
  }
}

function failureOf(resolved: { files: ListedFile[] } | Unresolved): string | undefined {
  return 'files' in resolved ? undefined : resolved.message;
}

function isExcused({ isOptional }: { isOptional: boolean }, { reason = 'missing' }: Unresolved): boolean {
  return isOptional && reason === 'missing';
}

function refusedType(
  fromPath: string,
  { type, target }: Pick<LocationTarget, 'target' | 'type'>,
): Unresolved | undefined {
  if (type === undefined) return undefined;
  if (!FOLLOWED_TYPES.has(type)) {
    return {
      reason: 'refused',
      message: `No reader knows locations of type "${type.slice(0, 50)}".`,
      hint: 'Use type url, or declare the place as a source of its own in the configuration.',
    };
  }
  if (type === 'file' && isUrlPath(fromPath)) {
    return {
      reason: 'refused',
      message: `The target "${target.slice(0, 200)}" is of type file, and a file read by URL may not name files of this server.`,
      hint: 'Use type url, or leave the type out.',
    };
  }
  return undefined;
}

function problemOf(path: string, link: LocationTarget, { reason = 'missing', message, hint }: Unresolved) {
  const code = {
    missing: 'location.target-not-found',
    unreadable: 'location.target-unreadable',
    refused: 'location.target-refused',
  }[reason];
  return {
    ...{ path, line: link.line, level: 'error' as const, code, hint, entityRef: link.ref },
    // It quotes the target, which is the author's.
    message: escapeInvisible(message),
  };
}
