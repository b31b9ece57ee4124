import { createHash } from 'node:crypto';
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceProblem } from '@waymark/contracts';
import { readContainedFile } from '../../../platform/files/contained-file.ts';
import {
  createPathMatcher,
  createSourceMatcher,
  isGlob,
  leavesFolder,
  splitGlob,
  type PathMatcher,
} from './descriptor-paths.ts';
import { errorCode, followLink, outside, walkFolder, type Walk } from './folder-walk.ts';
import { GlobError } from './path-glob.ts';
import {
  fileProblem,
  SourceReadError,
  type FileContent,
  type ListedFile,
  type SourceListing,
  type SourceReader,
} from './source-reader.ts';

/** What a folder without a glob is searched for. */
const DEFAULT_PATTERN = '**/*.{yaml,yml}';
const PARALLEL_READS = 16;

export interface FileReaderOptions {
  /** Absolute path of a file or folder, or a glob with an absolute base. */
  target: string;
  /** Glob below a folder target. */
  pattern: string | undefined;
  maxFiles: number;
  maxFileBytes: number;
}

/** Where a target begins, and what is taken below it. */
interface Scope {
  /** As configured, for people. */
  root: string;
  /** With all links resolved, for opening files. */
  realRoot: string;
  matches: PathMatcher;
  /** The one file of a single-file target. */
  onlyFile?: string;
}

/** Reads descriptors from folders of this machine. Never leaves the target's folder, not through links either. */
export function createFileReader(options: FileReaderOptions): SourceReader {
  const { target, maxFiles, maxFileBytes } = options;
  let scope: Scope = { root: target, realRoot: target, matches: () => false };

  async function content(file: string): Promise<FileContent> {
    try {
      const found = await readContainedFile(scope.realRoot, file, maxFileBytes);
      if (found.state === 'read') return { path: file, bytes: found.bytes };
      if (found.state === 'too-large')
        return { path: file, problem: tooLarge(file, found.size, maxFileBytes) };
      return {
        path: file,
        problem: found.state === 'outside' ? outside(file) : unreadable(file, 'it is no file'),
      };
    } catch (error) {
      return { path: file, problem: unreadable(file, errorCode(error)) };
    }
  }

  async function listFiles(paths: readonly string[]): Promise<ListedFile[]> {
    const files: ListedFile[] = [];
    for (let start = 0; start < paths.length; start += PARALLEL_READS) {
      const contents = await Promise.all(paths.slice(start, start + PARALLEL_READS).map(content));
      files.push(...contents.map((item) => ({ path: item.path, contentId: contentIdOf(item) })));
    }
    return files;
  }

  return {
    async list(_knownRevision, signal): Promise<SourceListing> {
      scope = await openScope(options);
      const walk = scope.onlyFile
        ? { paths: [scope.onlyFile], problems: [], isComplete: true }
        : await walkFolder({ ...scope, maxFiles, signal });
      const files = await listFiles(walk.paths);
      return {
        revision: digest(files.map((file) => `${file.path}\0${file.contentId}\n`).join('')).slice(0, 16),
        files,
        isComplete: walk.isComplete,
        problems: walk.problems,
      };
    },

    async *read(files, signal) {
      for (let start = 0; start < files.length; start += PARALLEL_READS) {
        signal.throwIfAborted();
        yield* await Promise.all(
          files.slice(start, start + PARALLEL_READS).map((file) => content(file.path)),
        );
      }
    },

    async resolveTarget(fromPath, targetPath, signal) {
      const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(fromPath), targetPath));
      if (path.isAbsolute(targetPath) || leavesFolder(resolved) || URL.canParse(targetPath)) {
        return {
          message: `The target "${targetPath}" lies outside the folder of this source.`,
          hint: 'Point at files below the folder, or make the other place a source of its own.',
        };
      }
      const walk = await findTarget(scope.realRoot, resolved, maxFiles, signal);
      if (walk instanceof GlobError)
        return { message: walk.message, hint: 'Name the files one by one, or use a shorter pattern.' };
      const linkProblem = walk.problems.find((problem) => problem.path === resolved);
      if (linkProblem) return { message: linkProblem.message, hint: linkProblem.hint };
      if (walk.paths.length === 0) {
        return {
          message: `The target "${targetPath}" matches no file.`,
          hint: 'Correct the path, or set presence: optional when the file may be missing.',
        };
      }
      return { files: await listFiles(walk.paths) };
    },

    annotationsFor(file) {
      const location = `file:${path.join(scope.root, file)}`;
      return {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': `file:${target}`,
      };
    },
  };
}

/** Files that a resolved target names: one file, or those that match a pattern below the root. */
async function findTarget(
  realRoot: string,
  target: string,
  maxFiles: number,
  signal: AbortSignal,
): Promise<Walk | GlobError> {
  const walk: Walk = { paths: [], problems: [], isComplete: true };
  // A file of exactly this name comes before what its brackets might mean.
  const info = await lstat(path.join(realRoot, target)).catch(() => undefined); // missing is what the caller tells
  if (info?.isFile() || info?.isSymbolicLink()) {
    // Any folder on the way may be a link, so the real path decides.
    const found = await followLink(realRoot, target);
    if (found && 'problem' in found) walk.problems.push(found.problem);
    else if (found) walk.paths.push(target);
    return walk;
  }
  if (info || !isGlob(target)) return walk;
  try {
    return await walkFolder({ realRoot, matches: createPathMatcher(target), maxFiles, signal });
  } catch (error) {
    if (error instanceof GlobError) return error;
    throw error;
  }
}

/** Where a target of this machine begins. @throws SourceReadError when it is not there */
export async function openScope({
  target,
  pattern,
}: Pick<FileReaderOptions, 'target' | 'pattern'>): Promise<Scope> {
  // A folder or file of exactly this name comes before what its brackets might mean.
  const isPattern = isGlob(target) && (await lstat(target).catch(() => undefined)) === undefined;
  const { base, glob } = isPattern ? splitGlob(target) : { base: target, glob: pattern ?? DEFAULT_PATTERN };
  try {
    const info = await stat(base);
    const real = await realpath(base);
    if (info.isDirectory()) return { root: base, realRoot: real, matches: createSourceMatcher(glob) };
    if (info.isFile() && !isPattern) {
      // The operator named this very file, so where a link leads is inside.
      const only = { root: path.dirname(real), realRoot: path.dirname(real), onlyFile: path.basename(real) };
      return { ...only, matches: () => false };
    }
  } catch (error) {
    throw error instanceof SourceReadError ? error : explainTarget(base, error);
  }
  throw new SourceReadError(
    'source.not-readable',
    `${base} is neither a file nor a folder.`,
    'Correct the target in the configuration.',
  );
}

function explainTarget(target: string, error: unknown): SourceReadError {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new SourceReadError(
        'source.not-found',
        `There is no file or folder ${target}.`,
        'Correct the target in the configuration, or bring the folder back (is a disk not mounted?). Until then the last good entities stay.',
        error,
      )
    : new SourceReadError(
        'source.not-readable',
        `${target} cannot be read: ${code}.`,
        'Give the user that runs the server the right to read it.',
        error,
      );
}

function unreadable(file: string, reason: string): SourceProblem {
  return fileProblem(
    file,
    'file.not-readable',
    `The file cannot be read: ${reason}.`,
    'Give the user that runs the server the right to read it. Until then its last good entities stay.',
  );
}

/** The problem of a file over the size limit. */
export function tooLarge(file: string, bytes: number, maxBytes: number): SourceProblem {
  return fileProblem(
    file,
    'file.too-large',
    `The file has ${bytes.toLocaleString('en')} bytes; at most ${maxBytes.toLocaleString('en')} are read.`,
    'Split it into several files, move a long API definition into a file of its own, or raise catalog.limits.maxFileBytes.',
  );
}

/** A file that cannot be read has an identity too: it is told of anew when the reason changes. */
function contentIdOf(content: FileContent): string {
  return digest('problem' in content ? `problem: ${content.problem.message}` : content.bytes);
}

function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
