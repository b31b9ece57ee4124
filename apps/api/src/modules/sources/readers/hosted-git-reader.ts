import path from 'node:path';
import { ARCHIVE_TOO_LARGE, readArchive } from '../hosts/repository-archive.ts';
import type { HostedFile, HostedGit, HostedTree, RepositoryAddress } from '../hosts/hosted-git.ts';
import {
  createPathMatcher,
  createSourceMatcher,
  leavesFolder,
  type PathMatcher,
} from './descriptor-paths.ts';
import { tooLarge } from './file-reader.ts';
import { linkProblem, tooManyFiles } from './git-reader.ts';
import { GlobError } from './path-glob.ts';
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
 * one costs a second for all contents together: the one file that differs, or one archive.
 */
export function createHostedGitReader(options: HostedGitReaderOptions): SourceReader {
  const reader = new HostedGitReader(options);
  return {
    list: (knownRevision, signal) => reader.list(knownRevision, signal),
    read: (files, signal) => reader.read(files, signal),
    resolveTarget: async (fromPath, target) => reader.resolveTarget(fromPath, target),
    annotationsFor: (file) => reader.annotationsFor(file),
  };
}

class HostedGitReader {
  readonly #options: HostedGitReaderOptions;
  #files = new Map<string, HostedFile>();
  #revision = '';
  /** Contents that the listing had to fetch already, by path. */
  #contents = new Map<string, Uint8Array>();

  constructor(options: HostedGitReaderOptions) {
    this.#options = options;
  }

  async list(knownRevision: string | undefined, signal: AbortSignal): Promise<SourceListing | undefined> {
    const { git, repository, branch, maxFiles } = this.#options;
    const partial = (revision: string) => `${revision} (first ${maxFiles} files)`;
    const matches = createSourceMatcher(this.#options.pattern);
    const isPartial = knownRevision?.endsWith(partial('')) === true;
    const known = isPartial ? knownRevision?.slice(0, -partial('').length) : knownRevision;
    const head = await git.head(repository, branch, known, signal);
    if (head.isUnchanged) return undefined;
    this.#revision = head.tree.revision;
    const found = head.tree.isTruncated ? await this.#listArchive(matches, signal) : head.tree.files;
    this.#files = new Map(found.filter(({ isLink }) => !isLink).map((file) => [file.path, file]));
    const problems = found
      .filter((file) => file.isLink && matches(file.path))
      .map((file) => linkProblem(file.path));
    const files = [...this.#files.values()].filter((file) => matches(file.path)).map(toListed);
    const isComplete = files.length <= maxFiles;
    if (!isComplete) problems.push(tooManyFiles(files.length, maxFiles));
    const revision = isComplete ? this.#revision : partial(this.#revision);
    return { revision, files: files.slice(0, maxFiles), isComplete, problems };
  }

  async *read(files: readonly ListedFile[], signal: AbortSignal): AsyncGenerator<FileContent> {
    const { maxFileBytes } = this.#options;
    const bytesOf = (file: ListedFile) => this.#files.get(file.path)?.bytes ?? 0;
    const tooLong = files.filter((file) => bytesOf(file) > maxFileBytes);
    yield* tooLong.map((file) => ({
      path: file.path,
      problem: tooLarge(file.path, bytesOf(file), maxFileBytes),
    }));
    const wanted = files.filter((file) => bytesOf(file) <= maxFileBytes && !this.#contents.has(file.path));
    if (wanted.length > 1) await this.#fetchArchive(wanted, signal);
    let fetches = 0;
    for (const file of files) {
      if (bytesOf(file) > maxFileBytes) continue;
      const content = this.#contents.get(file.path);
      if (content) {
        this.#contents.delete(file.path);
        yield { path: file.path, bytes: content };
      } else if (fetches < MAX_SINGLE_FETCHES) {
        fetches += 1;
        yield await this.#fetchFile(file, signal);
      } else {
        yield { path: file.path, problem: notFetched(file.path) };
      }
    }
  }

  resolveTarget(
    fromPath: string,
    target: string,
  ): { files: ListedFile[] } | { message: string; hint: string } {
    const { maxFiles } = this.#options;
    const resolved = path.posix.normalize(
      target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(fromPath), target),
    );
    if (leavesFolder(resolved) || URL.canParse(target)) {
      return {
        message: `The target "${target}" lies outside this repository.`,
        hint: 'Point at files of the same repository, or add the other repository as a source of its own.',
      };
    }
    const exact = this.#files.get(resolved);
    if (exact) return { files: [toListed(exact)] };
    try {
      const matches = createPathMatcher(resolved);
      const files = [...this.#files.values()].filter((file) => matches(file.path)).map(toListed);
      if (files.length > 0) return { files: files.slice(0, maxFiles) };
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      return { message: error.message, hint: 'Name the files one by one, or use a shorter pattern.' };
    }
    return {
      message: `The target "${target}" matches no file of the repository.`,
      hint: 'Correct the path, or set presence: optional when the file may be missing.',
    };
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
  async #listArchive(matches: PathMatcher, signal: AbortSignal): Promise<HostedTree['files']> {
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

function toListed({ path: file, blobId }: HostedFile): ListedFile {
  return { path: file, contentId: blobId };
}

function notFetched(file: string) {
  return fileProblem(
    file,
    'file.not-fetched',
    `The host offers no archive of the repository that can be read, and only ${MAX_SINGLE_FETCHES} files are fetched one by one.`,
    'Narrow the path pattern, or register the repository as a source of type git.',
  );
}
