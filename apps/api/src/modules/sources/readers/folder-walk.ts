import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceProblem } from '@waymark/contracts';
import { isSkippedFolder, type PathMatcher } from './descriptor-paths.ts';
import { fileProblem } from './source-reader.ts';

/** What was found below a folder. */
export interface Walk {
  /** Of files, relative to the folder and in order. */
  paths: string[];
  problems: SourceProblem[];
  /** False when a part could not be listed. */
  isComplete: boolean;
}

export interface WalkOptions {
  /** The folder, with all links resolved. */
  realRoot: string;
  matches: PathMatcher;
  maxFiles: number;
  signal: AbortSignal;
}

/** A link to a file of the same folder. */
interface InnerLink {
  path: string;
  /** The file that it leads to, relative to the folder. */
  leadsTo: string;
}

/**
 * All matching files below a folder. Links to folders are not entered, so the walk ends; a link to a file counts
 * when its file is not there already, so that nothing is read twice. Folders that cannot be entered are told of.
 */
export async function walkFolder({ realRoot, matches, maxFiles, signal }: WalkOptions): Promise<Walk> {
  const walk: Walk = { paths: [], problems: [], isComplete: true };
  const links: InnerLink[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal.throwIfAborted();
    for (const entry of await readFolder(realRoot, folder, walk)) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !isSkippedFolder(entry.name)) pending.push(file);
      else if (entry.isFile() && matches(file)) walk.paths.push(file);
      else if (entry.isSymbolicLink() && matches(file)) {
        const found = await followLink(realRoot, file);
        if (found && 'problem' in found) walk.problems.push(found.problem);
        else if (found) links.push({ path: file, leadsTo: found.leadsTo });
      }
    }
  }
  addLinks(walk, links);
  walk.paths.sort();
  if (walk.paths.length > maxFiles) cutAt(maxFiles, walk);
  walk.problems.sort((left, right) => (left.path < right.path ? -1 : 1));
  return walk;
}

/** Where a path that may lead through links ends: a file of the folder, a problem, or nothing that is a file. */
export async function followLink(
  realRoot: string,
  file: string,
): Promise<{ leadsTo: string } | { problem: SourceProblem } | undefined> {
  const real = await realpath(path.join(realRoot, file)).catch(() => undefined); // it leads to nothing
  if (real === undefined) return { problem: badLink(file, 'The link points at nothing.') };
  const leadsTo = path.relative(realRoot, real);
  if (path.join(realRoot, leadsTo) !== real || leadsTo.split(path.sep)[0] === '..')
    return { problem: outside(file) };
  return (await stat(real)).isFile() ? { leadsTo } : undefined;
}

/** The problem of a file that lies behind a link out of the source. */
export function outside(file: string): SourceProblem {
  return badLink(file, 'The link points out of the folder of this source.');
}

function badLink(file: string, message: string): SourceProblem {
  return fileProblem(file, 'file.outside-source', message, 'Put the file itself here, or remove the link.');
}

/** Of several links to one file, the first in order stands for it. */
function addLinks(walk: Walk, links: InnerLink[]): void {
  const taken = new Set(links.length > 0 ? walk.paths : []);
  for (const link of links.sort((left, right) => (left.path < right.path ? -1 : 1))) {
    if (!taken.has(link.leadsTo)) walk.paths.push(link.path);
    taken.add(link.leadsTo);
  }
}

function cutAt(maxFiles: number, walk: Walk): void {
  walk.problems.push(
    fileProblem(
      '.',
      'source.too-many-files',
      `The source has ${walk.paths.length} descriptor files; only the first ${maxFiles} are read.`,
      'Narrow the path pattern, split the source, or raise catalog.limits.maxFiles.',
    ),
  );
  walk.paths.length = maxFiles;
  walk.isComplete = false;
}

async function readFolder(realRoot: string, folder: string, walk: Walk) {
  try {
    return await readdir(path.join(realRoot, folder), { withFileTypes: true });
  } catch (error) {
    walk.isComplete = false;
    walk.problems.push(
      fileProblem(
        folder === '' ? '.' : folder,
        'folder.not-readable',
        `The folder cannot be read: ${errorCode(error)}.`,
        'Give the user that runs the server the right to read it. Until then its last good entities stay.',
      ),
    );
    return [];
  }
}

/** The system's name of what went wrong, such as `EACCES`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
