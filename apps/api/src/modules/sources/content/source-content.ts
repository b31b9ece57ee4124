import { LRUCache } from 'lru-cache';
import type { Integrations, OutboundFetch } from '../../../platform/outbound/index.ts';
import { repositorySettingsSchema } from '../hosts/host-settings.ts';
import type { FetchFrom } from '../hosts/polite-fetch.ts';
import { leavesFolder, placeOf } from '../readers/descriptor-paths.ts';
import { openScope } from '../readers/file-reader.ts';
import { guardedGitSettings } from '../readers/git-guard.ts';
import { createGitMirror } from '../readers/git-mirror.ts';
import { isUrlPath, SourceReadError } from '../readers/source-reader.ts';
import type { RepositoryHosts } from '../readers/url/repository-hosts.ts';
import { resolveUrl } from '../readers/url/resolve-url.ts';
import type { SourceToRead } from '../source-row.repository.ts';
import { notThere, type ContentFolder } from './content-folder.ts';
import type { ContentPlace, ContentPlaceRepository } from './content-place.repository.ts';
import { readGitContent } from './git-content.ts';
import { readLocalContent } from '../readers/local-content.ts';
import { readArchivedFolder, readUrlFile, readUrlFolder, type UrlContentOptions } from './url-content.ts';

/** Contents of commits, which never change, kept for the next run of the same template. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

/** Files that stand beside descriptors, and files by URL, as raw material for something new. */
export interface SourceContent {
  /** Where the entity of a ref was read; undefined when the catalog has none. */
  placeOf(entityRef: string): Promise<ContentPlace | undefined>;
  /**
   * The folder, or the one file, that `target` names: relative to a place, or a full URL. Beside a place it comes
   * at the revision that the catalog had read.
   *
   * @throws SourceReadError in words for the author of the target, OutboundError for a host that may not be asked
   */
  readFolder(place: ContentPlace | undefined, target: string, signal: AbortSignal): Promise<ContentFolder>;
  /** The bytes of the one file that `target` names, by the same rules. */
  readFile(place: ContentPlace | undefined, target: string, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What content is read with. */
export interface SourceContentOptions {
  /** Folder for Git mirrors. */
  home: string;
  fetch: OutboundFetch;
  fetchFrom: FetchFrom;
  integrations: Integrations;
  hosts: RepositoryHosts;
  places: ContentPlaceRepository;
}

/** Opens the content of sources; what it reads of commits it remembers. */
export function createSourceContent(options: SourceContentOptions): SourceContent {
  const { fetch, integrations, places } = options;
  const reader = new ContentReader({
    ...options,
    gitSettings: (url) => guardedGitSettings(url, fetch.hosts),
  });
  const sourceOf = async (place: ContentPlace) => {
    const source = await places.findSource(place.sourceId);
    if (source) return source;
    throw new SourceReadError(
      'content.source-gone',
      'The source of the template is not in the catalog any more.',
      'Register it again.',
    );
  };
  const read: SourceContent['readFolder'] = async (place, target, signal) => {
    if (isUrlPath(target)) return readUrlFolder(target, reader.urls, signal);
    if (!place) throw needsUrl(target);
    return reader.readBeside(await sourceOf(place), place, target, signal);
  };
  return {
    placeOf: (ref) => places.placeOf(ref),
    readFolder: read,
    async readFile(place, target, signal) {
      const url = urlOf(place, target, integrations);
      if (url !== undefined) return readUrlFile(url, reader.urls, signal);
      const { files } = await read(place, target, signal);
      const [file] = files;
      const name = target.slice(target.lastIndexOf('/') + 1);
      if (!file || files.length > 1 || file.path !== name) throw notThere(target);
      return file.bytes;
    },
    close: () => fetch.close(),
  };
}

function urlOf(
  place: ContentPlace | undefined,
  target: string,
  integrations: Integrations,
): string | undefined {
  if (isUrlPath(target)) return target;
  if (!place || !isUrlPath(place.path)) return undefined;
  return demandUrl(target, place.path, integrations);
}

function demandUrl(target: string, base: string, integrations: Integrations): string {
  const resolved = resolveUrl(target, base, integrations);
  if ('url' in resolved) return resolved.url;
  throw new SourceReadError('content.refused', resolved.message, resolved.hint);
}

function needsUrl(target: string): SourceReadError {
  return new SourceReadError(
    'content.refused',
    `"${target}" is relative, and this template lies nowhere.`,
    'Give a full URL.',
  );
}

interface ContentReaderOptions extends UrlContentOptions {
  home: string;
  gitSettings: (url: string) => Promise<string[]>;
}

class ContentReader {
  readonly urls: UrlContentOptions;
  readonly #options: ContentReaderOptions;
  readonly #ofCommits = new LRUCache<string, ContentFolder>({
    maxSize: MAX_CACHED_BYTES,
    sizeCalculation: ({ files }) =>
      files.reduce((sum, { bytes, path }) => sum + bytes.length + path.length, 1),
  });

  constructor(options: ContentReaderOptions) {
    this.#options = options;
    this.urls = options;
  }

  async readBeside(
    source: SourceToRead,
    place: ContentPlace,
    target: string,
    signal: AbortSignal,
  ): Promise<ContentFolder> {
    if (isUrlPath(place.path)) {
      return readUrlFolder(demandUrl(target, place.path, this.#options.integrations), this.urls, signal);
    }
    const path = placeOf(place.path, target).replace(/^\.\/?|\/+$/g, '');
    if (leavesFolder(path)) throw notThere(target);
    if (source.type === 'file') {
      const { target: root, path: pattern } = source;
      return readLocalContent((await openScope({ target: root, pattern })).realRoot, path, signal);
    }
    const revision = place.revision?.split(' ')[0];
    const key = JSON.stringify([source.id, revision, path]);
    const known = revision === undefined ? undefined : this.#ofCommits.get(key);
    if (known) return known;
    const folder = await this.#readCommit(source, revision, path, signal);
    if (folder.files.length === 0) throw notThere(target);
    if (folder.revision === revision) this.#ofCommits.set(key, folder);
    return folder;
  }

  async #readCommit(
    source: SourceToRead,
    revision: string | undefined,
    path: string,
    signal: AbortSignal,
  ): Promise<ContentFolder> {
    const { home, hosts, integrations, gitSettings } = this.#options;
    if (source.type === 'git') {
      const settings = source.origin === 'api' ? () => gitSettings(source.target) : undefined;
      const mirror = createGitMirror(source.target, source.branch, home, settings);
      const commit = revision ?? (await mirror.fetch(await mirror.remoteHead(signal), signal)).commit;
      return readGitContent(mirror, commit, path, signal);
    }
    const { host, fullName, branch } = repositorySettingsSchema.parse(source.settings);
    const integration = integrations.all.find((known) => known.host === host);
    if (!integration) {
      throw new SourceReadError(
        'host.not-configured',
        `The configuration has no integration for ${host}.`,
        'Add an entry with this host under integrations, and start again.',
      );
    }
    // The revision may be that of a tree, which no host makes an archive of.
    const at = { repository: fullName, ref: revision ?? branch };
    const commit = await hosts.apiOf(integration).commitOf(at, signal);
    return readArchivedFolder({ integration, repository: fullName }, commit ?? branch, path, hosts, signal);
  }
}
