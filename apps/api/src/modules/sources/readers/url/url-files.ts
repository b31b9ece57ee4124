import { createHash } from 'node:crypto';
import isGlob from 'is-glob';
import type { Integrations } from '../../../../platform/outbound/index.ts';
import type { RepositoryReading } from '../../../repositories/index.ts';
import { HostPausedError } from '../../hosts/hosted-git.ts';
import type { FetchFrom } from '../../hosts/polite-fetch.ts';
import { createPathMatcher } from '../descriptor-paths.ts';
import { tooLarge } from '../file-reader.ts';
import { GlobError } from '../path-glob.ts';
import {
  fileProblem,
  SourceReadError,
  type FileContent,
  type ListedFile,
  type Unresolved,
} from '../source-reader.ts';
import type { HostTreeEntry } from './host-api.ts';
import { demandAnswer, guarded } from './host-request.ts';
import { createRepositoryHosts, type RepositoryHosts } from './repository-hosts.ts';
import { parseRepositoryUrl, repositoryUrl, urlAnnotations, type RepositoryPlace } from './repository-url.ts';

export interface UrlFilesOptions {
  fetchFrom: FetchFrom;
  integrations: Integrations;
  /** Repositories of this server itself. */
  kept: RepositoryReading;
  maxFiles: number;
  maxFileBytes: number;
}

/** Files by URL, for one reading: what was asked once is not asked again. */
export interface UrlFiles {
  readonly integrations: Integrations;
  /** Content ids of the last reading by URL: files that still have them are not fetched. */
  remember(contentIds: ReadonlyMap<string, string>): void;
  /** The file at a URL, or those that match when its path is a pattern. */
  find(url: string, signal: AbortSignal): Promise<{ files: ListedFile[] } | Unresolved>;
  read(files: readonly ListedFile[], signal: AbortSignal): AsyncIterable<FileContent>;
  annotationsFor(url: string): Record<string, string>;
}

/** With more files than this of one repository, its archive is cheaper than a request for each. */
const MAX_SINGLE_READS = 5;
/** What the configuration forbids, which no later try will change. */
const REFUSALS = new Set([
  'outbound.host-not-allowed',
  'outbound.private-address',
  'outbound.bad-url',
  'url.not-a-file',
]);
/** Content ids that are a validator of HTTP. */
const ETAG_PREFIX = 'etag:';

/** Opens a view of files by URL; make a new one for each reading. */
export function createUrlFiles(options: UrlFilesOptions): UrlFiles {
  return new UrlFilesOfOneReading(options);
}

type Found = { files: ListedFile[] } | Unresolved;
/** A file in a tree that was listed. */
type TreeFile = { place: RepositoryPlace & { ref: string }; path: string };

class UrlFilesOfOneReading implements UrlFiles {
  readonly integrations: Integrations;
  readonly #options: UrlFilesOptions;
  readonly #hosts: RepositoryHosts;
  readonly #found = new Map<string, Promise<Found>>();
  readonly #contents = new Map<string, Uint8Array>();
  /** Bytes of files that an archive had and nobody reads. */
  readonly #overlong = new Map<string, number>();
  readonly #treeFiles = new Map<string, TreeFile>();
  #known: ReadonlyMap<string, string> = new Map();

  constructor(options: UrlFilesOptions) {
    const { fetchFrom, integrations, kept } = options;
    this.#options = options;
    this.integrations = integrations;
    this.#hosts = createRepositoryHosts({ fetchFrom, integrations, kept });
  }

  remember(contentIds: ReadonlyMap<string, string>): void {
    this.#known = contentIds;
  }

  find(url: string, signal: AbortSignal): Promise<Found> {
    let found = this.#found.get(url);
    if (!found) {
      found = this.#findNow(url, signal);
      this.#found.set(url, found);
    }
    return found;
  }

  async *read(files: readonly ListedFile[], signal: AbortSignal): AsyncIterable<FileContent> {
    await this.#fetchArchives(files, signal);
    for (const { path: url } of files) {
      signal.throwIfAborted();
      yield await this.#contentOf(url, signal);
    }
  }

  annotationsFor(url: string): Record<string, string> {
    return urlAnnotations(url, this.integrations);
  }

  async #findNow(url: string, signal: AbortSignal): Promise<Found> {
    const place = parseRepositoryUrl(url, this.integrations);
    try {
      const pattern = place?.path ?? decodeURI(new URL(url).pathname);
      if (!isGlob(pattern)) return await this.#findOne(url, signal);
      if (place?.ref === undefined) return patternNeedsRepository(url);
      return await this.#findMatching({ ...place, ref: place.ref }, url, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GlobError || error instanceof URIError) {
        return {
          reason: 'refused',
          message: error.message,
          hint: 'Use a shorter pattern, or name the files.',
        };
      }
      if (error instanceof HostPausedError) return paused(error);
      if (!(error instanceof SourceReadError)) throw error;
      const { code, message, hint } = error;
      return { reason: REFUSALS.has(code) ? 'refused' : 'unreadable', code, message, hint };
    }
  }

  async #findOne(url: string, signal: AbortSignal): Promise<Found> {
    const known = this.#known.get(url);
    const etag = known?.startsWith(ETAG_PREFIX) ? known.slice(ETAG_PREFIX.length) : undefined;
    const answer = await this.#open(url, etag, signal);
    if (answer.status === 304 && known !== undefined) return { files: [{ path: url, contentId: known }] };
    if (answer.status === 404) return notFound(url);
    await demandAnswer(answer, new URL(url).host);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.#contents.set(url, bytes);
    const validator = answer.headers.get('etag');
    const contentId = validator === null ? digest(bytes) : `${ETAG_PREFIX}${validator}`;
    return { files: [{ path: url, contentId }] };
  }

  #open(url: string, etag: string | undefined, signal: AbortSignal): Promise<Response> {
    const place = parseRepositoryUrl(url, this.integrations);
    if (place?.ref !== undefined && place.path !== '') {
      const { integration, repository, ref, path } = place;
      return this.#hosts.apiOf(integration).openFile({ repository, ref, path }, etag, signal);
    }
    if (place) {
      throw new SourceReadError(
        'url.not-a-file',
        'The URL is that of a repository or folder, not of a file.',
        'Give the URL of a file, for example …/blob/main/catalog-info.yaml.',
      );
    }
    const { fetchFrom } = this.#options;
    const headers: Record<string, string> = etag === undefined ? {} : { 'if-none-match': etag };
    return guarded(() => fetchFrom(new URL(url).host)(url, { headers, signal }));
  }

  async #findMatching(place: TreeFile['place'], url: string, signal: AbortSignal): Promise<Found> {
    const matches = createPathMatcher(place.path);
    const tree = await this.#hosts.apiOf(place.integration).readTree(place, signal);
    if (tree.state === 'missing') return notFound(url);
    const entries =
      tree.state === 'read'
        ? tree.entries.filter(({ path }) => matches(path))
        : await this.#takeFromArchive(place, matches, signal);
    if (entries.length === 0) return notFound(url);
    if (entries.length > this.#options.maxFiles) {
      throw new SourceReadError(
        'source.too-many-files',
        `The pattern matches ${entries.length} files; at most ${this.#options.maxFiles} are read.`,
        'Narrow the pattern, or raise catalog.limits.maxFiles.',
      );
    }
    const files = entries.map(({ path, blobId }) => {
      const fileUrl = repositoryUrl(place, 'blob', path);
      this.#treeFiles.set(fileUrl, { place, path });
      return { path: fileUrl, contentId: blobId };
    });
    return { files };
  }

  /** The wanted files of a tree, from its archive. Their contents are kept, unless somebody expects another id. */
  async #takeFromArchive(
    place: TreeFile['place'],
    isWanted: (path: string) => boolean,
    signal: AbortSignal,
    expectedIds?: ReadonlyMap<string, string>,
  ): Promise<HostTreeEntry[]> {
    const { maxFileBytes } = this.#options;
    const archived = await this.#hosts.readArchive(place.integration, place, {
      signal,
      wants: (path, bytes) => isWanted(path) && bytes <= maxFileBytes,
    });
    const wanted = archived.filter(({ path }) => isWanted(path));
    for (const { path, bytes, blobId, content } of wanted) {
      // Attributes of a repository change files on their way into an archive, and so does a push.
      if (expectedIds && expectedIds.get(path) !== blobId) continue;
      const url = repositoryUrl(place, 'blob', path);
      if (content) this.#contents.set(url, content);
      else this.#overlong.set(url, bytes);
    }
    return wanted;
  }

  /** Where many files of one tree are wanted, one archive brings them all. */
  async #fetchArchives(files: readonly ListedFile[], signal: AbortSignal): Promise<void> {
    const wanted = files.flatMap(({ path: url, contentId }) => {
      const isKnown = this.#contents.has(url) || this.#overlong.has(url);
      const file = isKnown ? undefined : this.#treeFiles.get(url);
      return file ? [{ contentId, ...file }] : [];
    });
    const byTree = Map.groupBy(wanted, ({ place }) => place);
    for (const [place, ofTree] of byTree) {
      if (ofTree.length <= MAX_SINGLE_READS) continue;
      const ids = new Map(ofTree.map(({ path, contentId }) => [path, contentId]));
      await this.#takeFromArchive(place, (path) => ids.has(path), signal, ids);
    }
  }

  async #contentOf(url: string, signal: AbortSignal): Promise<FileContent> {
    const { maxFileBytes } = this.#options;
    const overlong = this.#overlong.get(url);
    if (overlong !== undefined) return { path: url, problem: tooLarge(url, overlong, maxFileBytes) };
    try {
      const bytes = this.#contents.get(url) ?? (await this.#fetchContent(url, signal));
      // Of no use any more: a reading asks for each file once.
      this.#contents.delete(url);
      return bytes.length > maxFileBytes
        ? { path: url, problem: tooLarge(url, bytes.length, maxFileBytes) }
        : { path: url, bytes };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceReadError)) throw error;
      return { path: url, problem: fileProblem(url, 'file.not-readable', error.message, error.hint) };
    }
  }

  async #fetchContent(url: string, signal: AbortSignal): Promise<Uint8Array> {
    const answer = await this.#open(url, undefined, signal);
    await demandAnswer(answer, new URL(url).host);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/** Who cannot do without the file waits; who can goes on. */
function paused({ message, until }: HostPausedError): Unresolved {
  return {
    ...{ reason: 'unreadable', code: 'host.rate-limited', message, pausedUntil: until },
    hint: 'It is tried again by itself.',
  };
}

/** In the words of Backstage, which people search the web for. */
function notFound(url: string): Unresolved {
  return {
    reason: 'missing',
    message: `Unable to read url, NotFoundError: ${url} could not be found, no matching files found.`,
    hint: 'Correct the URL, or set presence: optional when the file may be missing. A private repository answers the same way without a token under integrations.',
  };
}

function patternNeedsRepository(url: string): Unresolved {
  return {
    reason: 'refused',
    message: `The URL ${url} holds a pattern, and its host does not list files.`,
    hint: 'Patterns work in URLs of a file in a GitHub or GitLab repository, after the branch. Name the files one by one.',
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
