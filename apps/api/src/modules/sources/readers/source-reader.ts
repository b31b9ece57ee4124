import { escapeInvisible } from '@waymark/catalog-model';
import type { SourceProblem } from '@waymark/contracts';

/** A descriptor file that a source holds now. */
export interface ListedFile {
  /** Relative to the source's root, with `/`; for what lies elsewhere, a full URL. */
  path: string;
  /** Changes exactly when the content does: a blob id or a digest. */
  contentId: string;
}

/** What a source holds, without the contents. */
export interface SourceListing {
  /** Commit, or digest over all files. */
  revision: string;
  files: ListedFile[];
  /** False when a part could not be listed: then what is missing is not known to be gone. */
  isComplete: boolean;
  /** Files that were seen and cannot be read at all: links out of the tree, folders without permission. */
  problems: SourceProblem[];
}

/** The content of one file, or why it could not be had. */
export type FileContent = { path: string; bytes: Uint8Array } | { path: string; problem: SourceProblem };

/** Why a target of a Location or placeholder leads to no file. */
export interface Unresolved {
  /**
   * `missing`: looked for and not there (the usual case when left out). `unreadable`: nobody knows whether it is there.
   * `refused`: it was not even looked for.
   */
  reason?: 'missing' | 'unreadable' | 'refused';
  /** Of the failure, when it has one. */
  code?: string;
  /** Until when its host has asked to be left alone. */
  pausedUntil?: Date;
  message: string;
  hint: string;
}

/** The commit that brought the content of a file, or took the file away. */
export interface FileChange {
  revision: string;
  /** Author, `Name <mail>`. */
  changedBy?: string;
  /** First line of the message. */
  reason?: string;
}

/** Which commits made a source what it is. */
export interface SourceChanges {
  /** Commit that was read; all that is known of a file that is not in `byPath`. */
  revision: string;
  byPath: ReadonlyMap<string, FileChange>;
}

/** Reads one source once. Implementations touch the disk or the network, never the database. */
export interface SourceReader {
  /** Resolves to undefined when the source is still at `knownRevision`: nothing was read. */
  list(knownRevision: string | undefined, signal: AbortSignal): Promise<SourceListing | undefined>;
  read(files: readonly ListedFile[], signal: AbortSignal): AsyncIterable<FileContent>;
  /** Files that a Location in `fromPath` points at; a target outside the source is a problem. */
  resolveTarget(
    fromPath: string,
    target: string,
    signal: AbortSignal,
  ): Promise<{ files: ListedFile[] } | Unresolved>;
  /** The file that a placeholder in `fromPath` names, which `read` then reads. Without it, none can be named. */
  resolveReference?(
    fromPath: string,
    target: string,
    signal: AbortSignal,
  ): Promise<{ files: ListedFile[] } | Unresolved>;
  /** Content ids of the last reading by path, before `list`: what still has them need not be fetched. */
  remember?(contentIds: ReadonlyMap<string, string>): void;
  /**
   * For sources that keep revisions: which commits after `knownRevision` changed or removed the files. Called
   * after `list`. What cannot be told is left out, for no reading fails for want of it.
   */
  changesSince?(
    knownRevision: string | undefined,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<SourceChanges>;
  /** Annotations that say where a file is: `backstage.io/managed-by-location` and its kin. */
  annotationsFor(path: string): Record<string, string>;
}

/** Whether the path of a file, or a target, is a URL rather than a place in the source. */
export function isUrlPath(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/** The source as a whole could not be read. Its last good entities stay. */
export class SourceReadError extends Error {
  override readonly name = 'SourceReadError';
  readonly code: string;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: string, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** A problem of a whole file, which has no better place than its first line. */
export function fileProblem(
  path: string,
  code: string,
  message: string,
  hint: string,
  level: SourceProblem['level'] = 'error',
): SourceProblem {
  // It may quote names of files, which are the author's.
  return { path, line: 1, level, code, message: escapeInvisible(message), hint };
}
