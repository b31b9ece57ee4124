import type { SourceProblem } from '@waymark/contracts';
import { createPathMatcher, leavesFolder, placeOf, type PathMatcher } from './descriptor-paths.ts';
import { tooLarge } from './file-reader.ts';
import { GlobError } from './path-glob.ts';
import {
  fileProblem,
  type FileContent,
  type ListedFile,
  type SourceListing,
  type Unresolved,
} from './source-reader.ts';

/** Modes of a tree entry that is an ordinary file; submodules and links are none. */
export const FILE_MODES: ReadonlySet<string> = new Set(['100644', '100755', '100664']);
export const LINK_MODE = '120000';

/** A file of a tree. */
export interface TreeFile {
  path: string;
  /** Git's own id of the content. */
  blobId: string;
  /** Undefined where nobody says. */
  bytes: number | undefined;
  isLink: boolean;
}

export interface TreeBounds {
  maxFiles: number;
  maxFileBytes: number;
}

/**
 * The files of a repository at one commit, and what they mean by each other's names: the same rules wherever the
 * tree comes from. Nothing leads out of it, and links lead nowhere.
 */
export class RepositoryTree {
  readonly #bounds: TreeBounds;
  readonly #files: ReadonlyMap<string, TreeFile>;
  readonly #links: readonly string[];

  constructor(files: readonly TreeFile[], bounds: TreeBounds) {
    this.#bounds = bounds;
    this.#files = new Map(files.filter(({ isLink }) => !isLink).map((file) => [file.path, file]));
    this.#links = files.filter(({ isLink }) => isLink).map(({ path }) => path);
  }

  /** The descriptors of the tree, as many as are read. */
  list(revision: string, matches: PathMatcher): SourceListing {
    const { maxFiles } = this.#bounds;
    const files = this.#matching(matches);
    const isComplete = files.length <= maxFiles;
    return {
      revision: isComplete ? revision : partialRevision(revision, maxFiles),
      files: files.slice(0, maxFiles),
      isComplete,
      problems: [
        ...this.#links.filter(matches).map(linkProblem),
        ...(isComplete ? [] : [tooManyFiles(files.length, maxFiles)]),
      ],
    };
  }

  /** Zero for a file whose size nobody says. */
  bytesOf({ path }: ListedFile): number {
    return this.#files.get(path)?.bytes ?? 0;
  }

  /** Takes out the files that are known to be too long to be read. */
  partition(files: readonly ListedFile[]): { readable: ListedFile[]; refused: FileContent[] } {
    const { maxFileBytes } = this.#bounds;
    return {
      readable: files.filter((file) => this.bytesOf(file) <= maxFileBytes),
      refused: files
        .filter((file) => this.bytesOf(file) > maxFileBytes)
        .map((file) => ({ path: file.path, problem: tooLarge(file.path, this.bytesOf(file), maxFileBytes) })),
    };
  }

  /** The file of exactly this name, or those that match it as a pattern. */
  resolveTarget(fromPath: string, target: string): { files: ListedFile[] } | Unresolved {
    const resolved = placeOf(fromPath, target);
    if (leavesFolder(resolved) || URL.canParse(target)) {
      return {
        message: `The target "${target}" lies outside this repository.`,
        hint: 'Point at files of the same repository, or add the other repository as a source of its own.',
      };
    }
    const exact = this.#files.get(resolved);
    if (exact) return { files: [toListed(exact)] };
    try {
      const files = this.#matching(createPathMatcher(resolved));
      if (files.length > 0) return { files: files.slice(0, this.#bounds.maxFiles) };
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      return { message: error.message, hint: 'Name the files one by one, or use a shorter pattern.' };
    }
    return {
      message: `The target "${target}" matches no file of the repository.`,
      hint: 'Correct the path, or set presence: optional when the file may be missing.',
    };
  }

  /** The file that a placeholder names. */
  resolveReference(fromPath: string, target: string): { files: ListedFile[] } | Unresolved {
    const file = this.#files.get(placeOf(fromPath, target));
    if (file) return { files: [toListed(file)] };
    return {
      message: `"${target}" is no file of the repository.`,
      hint: 'Correct the path: it begins at the folder of this file, or with / at the root of the repository.',
    };
  }

  #matching(matches: PathMatcher): ListedFile[] {
    return [...this.#files.values()].filter(({ path }) => matches(path)).map(toListed);
  }
}

/**
 * The revision of a tree of which a reading would bring nothing new. A reading that was cut short counts while its
 * limit stands: after a raised one it makes a difference, though the branch stands still.
 */
export function settledRevision(knownRevision: string | undefined, maxFiles: number): string | undefined {
  const mark = partialRevision('', maxFiles);
  return knownRevision?.endsWith(mark) === true ? knownRevision.slice(0, -mark.length) : knownRevision;
}

function partialRevision(revision: string, maxFiles: number): string {
  return `${revision} (first ${maxFiles} files)`;
}

function toListed({ path, blobId }: TreeFile): ListedFile {
  return { path, contentId: blobId };
}

function linkProblem(path: string): SourceProblem {
  return fileProblem(
    path,
    'file.outside-source',
    'The file is a symbolic link, and links in repositories are not followed.',
    'Put the file itself here, or name the real path in the source.',
  );
}

function tooManyFiles(count: number, maxFiles: number): SourceProblem {
  return fileProblem(
    '.',
    'source.too-many-files',
    `The repository has ${count} descriptor files; only the first ${maxFiles} are read.`,
    'Narrow the path pattern, split the source, or raise catalog.limits.maxFiles.',
  );
}
