import type { Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { readContainedFile } from '../../../platform/files/contained-file.ts';
import { forEachOf } from './for-each-of.ts';
import { workspacePath, WorkspacePathError } from './workspace-path.ts';

/** Beyond these a workspace takes nothing more. */
export const WORKSPACE_LIMITS = {
  maxFiles: 20_000,
  maxBytes: 256 * 1024 * 1024,
  maxFileBytes: 64 * 1024 * 1024,
};

/** A file of a workspace without its content. */
export interface WorkspaceEntry {
  path: string;
  bytes: number;
  isExecutable: boolean;
}

/** Something of a workspace that cannot be done: `message` says why, `hint` what to do. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const FILE_MODE = 0o644;
const EXECUTABLE_MODE = 0o755;
const EXECUTABLE_BITS = 0o111;

/**
 * The folder that the steps of a run work in: the only way of actions to the disk. Every path goes through
 * {@link workspacePath}, no link is ever followed, and a file is written beside its place and then renamed, so that a
 * copy of the folder made of hard links keeps what it had.
 */
export class Workspace {
  /** Absolute, for programs that are handed the folder. */
  readonly directory: string;
  #usage: Promise<{ files: number; bytes: number }> | undefined;
  #realDirectory: Promise<string> | undefined;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** All files below a folder, in the order of their paths. */
  async list(folder = ''): Promise<WorkspaceEntry[]> {
    const entries: WorkspaceEntry[] = [];
    const pending = [await this.#demandFolder(folder)];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const found = await readdir(path.join(this.directory, next), { withFileTypes: true });
      const pathOf = (name: string) => (next === '' ? name : `${next}/${name}`);
      pending.push(...found.filter((entry) => entry.isDirectory()).map(({ name }) => pathOf(name)));
      const files = found.filter((entry) => entry.isFile()).map(({ name }) => pathOf(name));
      await forEachOf(files, async (file) => {
        const { size, mode } = await lstat(path.join(this.directory, file));
        entries.push({ path: file, bytes: size, isExecutable: (mode & EXECUTABLE_BITS) !== 0 });
      });
    }
    return entries.sort((left, right) => (left.path < right.path ? -1 : 1));
  }

  /** Files and folders directly in a folder. */
  async children(folder: string): Promise<{ files: string[]; folders: string[] }> {
    const place = await this.#demandFolder(folder);
    const entries = await readdir(path.join(this.directory, place), { withFileTypes: true });
    const namesOf = (wanted: typeof entries) => wanted.map(({ name }) => name).sort();
    return {
      files: namesOf(entries.filter((entry) => entry.isFile())),
      folders: namesOf(entries.filter((entry) => entry.isDirectory())),
    };
  }

  /** What stands at a path: links count as nothing. */
  async kindOf(file: string): Promise<'file' | 'folder' | undefined> {
    const info = await this.#find(workspacePath(file));
    if (info?.isFile()) return 'file';
    return info?.isDirectory() ? 'folder' : undefined;
  }

  /** Whether there is a file at a path that may be run as a program. */
  async isExecutable(file: string): Promise<boolean> {
    const info = await this.#find(workspacePath(file));
    return info?.isFile() === true && (info.mode & EXECUTABLE_BITS) !== 0;
  }

  /** @throws WorkspaceError when there is no such file, or it is too large */
  async read(file: string): Promise<Buffer> {
    const place = workspacePath(file);
    this.#realDirectory ??= realpath(this.directory);
    const root = await this.#realDirectory;
    const found = await readContainedFile(root, place, WORKSPACE_LIMITS.maxFileBytes).catch(unlessNoFile);
    if (found === undefined || found.state === 'no-file') throw missing(file);
    if (found.state === 'too-large') throw tooLarge();
    // Asked of the open file: what was a folder a moment ago may be a link by now.
    if (found.state === 'outside' || found.place !== path.join(root, place)) throw throughLink(place);
    return Buffer.from(found.bytes);
  }

  /**
   * Writes a file with the folders that lead to it, in the place of one that was there.
   *
   * @returns false when something is there that `isKeeping` lets stay
   */
  async write(
    file: string,
    bytes: Uint8Array,
    { isExecutable = false, isKeeping = false } = {},
  ): Promise<boolean> {
    const place = workspacePath(file);
    if (place === '') throw new WorkspacePathError(`${JSON.stringify(file)} names no file.`);
    const { info: existing, isFolderThere } = await this.#look(place);
    if (existing && isKeeping) return false;
    if (existing?.isDirectory()) throw inTheWay(file, 'a folder');
    await this.#count(existing ? 0 : 1, bytes.length - (existing?.size ?? 0));
    if (!isFolderThere) await this.#makeFolders(path.posix.dirname(place));
    const absolute = path.join(this.directory, place);
    const fresh = path.join(path.dirname(absolute), `.waymark-${randomUUID()}`);
    const handle = await open(fresh, 'wx', isExecutable ? EXECUTABLE_MODE : FILE_MODE);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(fresh, absolute);
    return true;
  }

  /** Removes a file or folder; false when there was none. */
  async remove(file: string): Promise<boolean> {
    const place = workspacePath(file);
    if (place === '')
      throw new WorkspaceError('The workspace itself cannot be removed.', 'Name what is in it.');
    if (!(await this.#find(place))) return false;
    await rm(path.join(this.directory, place), { recursive: true });
    this.#usage = undefined;
    return true;
  }

  /** Moves a file or folder. @throws WorkspaceError when it is missing, or something is in its new place */
  async move(from: string, to: string, { isOverwriting = false } = {}): Promise<void> {
    const [source, target] = [workspacePath(from), workspacePath(to)];
    if (!(await this.#find(source))) throw missing(from);
    if (target === source || target.startsWith(`${source}/`)) throw inTheWay(to, 'the thing itself');
    if (await this.#find(target)) {
      if (!isOverwriting) throw inTheWay(to, 'something');
      await this.remove(target);
    }
    await this.#makeFolders(path.posix.dirname(target));
    await rename(path.join(this.directory, source), path.join(this.directory, target));
  }

  async #makeFolders(folder: string): Promise<void> {
    if (folder === '.' || folder === '') return;
    const existing = await this.#find(folder);
    if (existing?.isDirectory()) return;
    if (existing) throw inTheWay(folder, 'a file');
    await mkdir(path.join(this.directory, folder), { recursive: true });
  }

  async #demandFolder(folder: string): Promise<string> {
    const place = workspacePath(folder);
    if (!(await this.#find(place))?.isDirectory()) throw missing(folder);
    return place;
  }

  async #find(place: string) {
    return (await this.#look(place)).info;
  }

  /**
   * Looks at every part of a path in turn: a link anywhere in it leads nowhere. `isFolderThere`: whether the folder of
   * what the path names is there.
   */
  async #look(place: string): Promise<{ info?: Stats; isFolderThere: boolean }> {
    let absolute = this.directory;
    let info = await lstat(absolute);
    const segments = place === '' ? [] : place.split('/');
    for (const [index, segment] of segments.entries()) {
      if (!info.isDirectory()) {
        if (info.isSymbolicLink()) throw throughLink(place);
        return { isFolderThere: false };
      }
      absolute = path.join(absolute, segment);
      const next = await lstat(absolute).catch(() => undefined); // missing is an answer
      if (!next) return { isFolderThere: index === segments.length - 1 };
      info = next;
    }
    if (info.isSymbolicLink()) throw throughLink(place);
    return { info, isFolderThere: true };
  }

  async #count(files: number, bytes: number): Promise<void> {
    this.#usage ??= this.list().then((entries) => ({
      files: entries.length,
      bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    }));
    const usage = await this.#usage;
    usage.files += files;
    usage.bytes += bytes;
    const { maxFiles, maxBytes } = WORKSPACE_LIMITS;
    if (usage.files > maxFiles || usage.bytes > maxBytes) throw tooLarge();
  }
}

/** A copy of a folder that shares its files: for one that only {@link Workspace} changes. */
export async function linkFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  const placesOf = (name: string) => [path.join(from, name), path.join(to, name)] as const;
  await forEachOf(
    entries.filter((entry) => entry.isFile()),
    ({ name }) => link(...placesOf(name)),
  );
  for (const { name } of entries.filter((entry) => entry.isDirectory())) await linkFolder(...placesOf(name));
}

/** Of errors of the system, those that say that there is no such file. */
function unlessNoFile(error: unknown): undefined {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ELOOP') return undefined;
  }
  throw error;
}

function missing(file: string): WorkspaceError {
  return new WorkspaceError(
    `There is no file or folder ${JSON.stringify(file)} in the workspace.`,
    'Check the path, and that a step before makes it.',
  );
}

function inTheWay(file: string, what: string): WorkspaceError {
  return new WorkspaceError(
    `${JSON.stringify(file)} cannot be written: ${what} is there already.`,
    'Choose another path, or remove what is there with fs:delete first.',
  );
}

function throughLink(file: string): WorkspaceError {
  return new WorkspaceError(
    `${JSON.stringify(file)} leads through a symbolic link, and links are not followed.`,
    'Put the file itself there.',
  );
}

function tooLarge(): WorkspaceError {
  const { maxFiles, maxBytes } = WORKSPACE_LIMITS;
  return new WorkspaceError(
    `The workspace would have more than ${maxFiles} files or ${maxBytes / 1024 / 1024} MiB.`,
    'Make fewer or smaller files.',
  );
}
