import { SourceReadError } from '../readers/source-reader.ts';

/** A file of a folder that something is made from. */
export interface ContentFile {
  /** Relative to the folder, with `/`. */
  path: string;
  bytes: Uint8Array;
  isExecutable: boolean;
}

/** A folder as it was at one revision. Links, submodules and devices are not among its files. */
export interface ContentFolder {
  /** Commit, or a digest where there is none: equal means equal files. */
  revision: string;
  files: readonly ContentFile[];
}

/** Beyond these a folder is not read: no template and no skeleton is that large. */
export const CONTENT_BOUNDS = { maxFiles: 10_000, maxBytes: 64 * 1024 * 1024 } as const;

/** @throws SourceReadError for a folder that is larger than what is read */
export function demandWithinBounds(files: number, bytes: number): void {
  if (files <= CONTENT_BOUNDS.maxFiles && bytes <= CONTENT_BOUNDS.maxBytes) return;
  throw new SourceReadError(
    'content.too-large',
    `The folder has more than ${CONTENT_BOUNDS.maxFiles.toLocaleString('en')} files or ${CONTENT_BOUNDS.maxBytes / 1024 / 1024} MiB.`,
    'Name a folder deeper in the repository.',
  );
}

/** The path of a file from a folder on; undefined for what lies elsewhere. */
export function pathBelow(folder: string, path: string): string | undefined {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** @throws SourceReadError for a folder or file that is not there */
export function notThere(what: string): SourceReadError {
  return new SourceReadError(
    'content.not-found',
    `There is no file or folder ${what}.`,
    'Correct the path. It begins at the folder of the template, or give a full URL.',
  );
}
