import { ARCHIVE_TOO_LARGE, readArchive } from '../hosts/repository-archive.ts';
import type { HostedGit, RepositoryAddress } from '../hosts/hosted-git.ts';
import { createSourceMatcher, type PathMatcher } from './descriptor-paths.ts';
import { tooLarge } from './file-reader.ts';
import { RepositoryTree, settledRevision, type TreeFile } from './repository-tree.ts';
import {
  fileProblem,
  SourceReadError,
  type FileContent,
  type ListedFile,
  type SourceListing,
  type SourceReader,
} from './source-reader.ts';
import { webLinks } from './web-links.ts';

/** Files that are fetched one by one where a host has no archive. More would be a call a file. */
const MAX_SINGLE_FETCHES = 50;
/** The same over a whole reading, with the texts that placeholders name: others need the host's budget of calls too. */
const MAX_FETCHES_TOGETHER = 500;

export interface HostedGitReaderOptions {
  git: HostedGit;
  repository: RepositoryAddress;
  flavour: 'github' | 'gitlab';
  /** Of the repository, as people open it. */
  webUrl: string;
  branch: string;
  pattern: string;
  maxFiles: number;
  maxFileBytes: number;
}

/**
 * Reads descriptors from a repository over the API of its host. An unchanged branch costs one call; a changed
 * one costs a second for all contents together: the one file that differs, or one archive; and one for each text
 * that a placeholder in them names.
 */
export function createHostedGitReader(options: HostedGitReaderOptions): SourceReader {
  const reader = new HostedGitReader(options);
  return {
    list: (knownRevision, signal) => reader.list(knownRevision, signal),
    read: (files, signal) => reader.read(files, signal),
    resolveTarget: async (fromPath, target) => reader.tree.resolveTarget(fromPath, target),
    resolveReference: async (fromPath, target) => reader.tree.resolveReference(fromPath, target),
    annotationsFor: (file) => reader.annotationsFor(file),
  };
}

class HostedGitReader {
  readonly #options: HostedGitReaderOptions;
  tree: RepositoryTree;
  #fetches = 0;
  /** Contents that the listing had to fetch already, by path. */
  #contents = new Map<string, Uint8Array>();

  constructor(options: HostedGitReaderOptions) {
    this.#options = options;
    this.tree = new RepositoryTree([], options);
  }

  async list(knownRevision: string | undefined, signal: AbortSignal): Promise<SourceListing | undefined> {
    const { git, repository, branch, maxFiles } = this.#options;
    const matches = createSourceMatcher(this.#options.pattern);
    const known = settledRevision(knownRevision, maxFiles);
    const head = await git.head(repository, branch, known, signal);
    if (head.isUnchanged) return undefined;
    const { revision, files, isTruncated } = head.tree;
    const found = isTruncated ? await this.#listArchive(matches, signal) : files;
    this.tree = new RepositoryTree(found, this.#options);
    return this.tree.list(revision, matches);
  }

  async *read(files: readonly ListedFile[], signal: AbortSignal): AsyncGenerator<FileContent> {
    const { readable, refused } = this.tree.partition(files);
    yield* refused;
    const wanted = readable.filter((file) => !this.#contents.has(file.path));
    if (wanted.length > 1) await this.#fetchArchive(wanted, signal);
    let fetches = 0;
    for (const file of readable) {
      const content = this.#contents.get(file.path);
      if (content) {
        this.#contents.delete(file.path);
        yield { path: file.path, bytes: content };
      } else if (fetches < MAX_SINGLE_FETCHES && this.#fetches < MAX_FETCHES_TOGETHER) {
        fetches += 1;
        this.#fetches += 1;
        yield await this.#fetchFile(file, signal);
      } else {
        yield { path: file.path, problem: notFetched(file.path) };
      }
    }
  }

  annotationsFor(file: string): Record<string, string> {
    const { webUrl, branch, flavour, pattern } = this.#options;
    const links = webLinks(webUrl, branch, file, flavour);
    const origin = webLinks(webUrl, branch, pattern.replace(/^\.?\//, ''), flavour);
    if (!links || !origin) return { 'backstage.io/managed-by-location': `url:${webUrl}` };
    return {
      'backstage.io/managed-by-location': `url:${links.view}`,
      'backstage.io/managed-by-origin-location': `url:${origin.view}`,
      'backstage.io/view-url': links.view,
      'backstage.io/edit-url': links.edit,
      'backstage.io/source-location': `url:${links.folder}`,
    };
  }

  /** The whole tree, from the archive: for repositories whose tree the host does not tell in full. */
  async #listArchive(matches: PathMatcher, signal: AbortSignal): Promise<TreeFile[]> {
    const archived = await this.#openArchive(
      (file, bytes) => matches(file) && bytes <= this.#options.maxFileBytes,
      signal,
    );
    if (!archived) {
      throw new SourceReadError(
        'repository.too-large',
        'The host cuts the list of files of this repository short, and its archive cannot be read either.',
        'Register the repository as a source of type git: it is read through a mirror then.',
      );
    }
    for (const { path: file, content } of archived) if (content) this.#contents.set(file, content);
    return archived.map(({ path: file, blobId, bytes }) => ({ path: file, blobId, bytes, isLink: false }));
  }

  /** One call for all contents. What somebody pushed in between is told by its id, and left out. */
  async #fetchArchive(wanted: readonly ListedFile[], signal: AbortSignal): Promise<void> {
    const blobs = new Map(wanted.map((file) => [file.path, file.contentId]));
    const archived = await this.#openArchive((file) => blobs.has(file), signal);
    for (const { path: file, blobId, content } of archived ?? []) {
      if (content && blobs.get(file) === blobId) this.#contents.set(file, content);
    }
  }

  /** Undefined when there is no archive, or none that is small enough. */
  async #openArchive(wants: (path: string, bytes: number) => boolean, signal: AbortSignal) {
    const { git, repository, branch } = this.#options;
    const archive = await git.archive(repository, branch, signal);
    if (!archive) return undefined;
    try {
      return await readArchive(archive, { wants, signal });
    } catch (error) {
      if (error instanceof SourceReadError && error.code === ARCHIVE_TOO_LARGE) return undefined;
      throw error;
    }
  }

  async #fetchFile(file: ListedFile, signal: AbortSignal): Promise<FileContent> {
    const { git, repository, maxFileBytes } = this.#options;
    const bytes = await git.blob(repository, file.contentId, signal);
    // Not every host tells the size beforehand.
    return bytes.length > maxFileBytes
      ? { path: file.path, problem: tooLarge(file.path, bytes.length, maxFileBytes) }
      : { path: file.path, bytes };
  }
}

function notFetched(file: string) {
  return fileProblem(
    file,
    'file.not-fetched',
    `Over the API of the host only ${MAX_SINGLE_FETCHES} files of a repository without a readable archive are fetched one by one, and ${MAX_FETCHES_TOGETHER} with all texts that they name.`,
    'Narrow the path pattern, or register the repository as a source of type git.',
  );
}
