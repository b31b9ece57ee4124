import path from 'node:path';
import { compileGlob, GlobError, hasMagic, type PathMatcher } from './path-glob.ts';
import { SourceReadError } from './source-reader.ts';

export type { PathMatcher } from './path-glob.ts';

/** What a repository is searched for, unless somebody says otherwise. */
export const DESCRIPTOR_FILES = '**/catalog-info.{yaml,yml}';

/** Folders that never hold descriptors of their own. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/**
 * Decides which paths of a tree are descriptor files. Hidden files match like any other; `.git` and
 * `node_modules` never do.
 *
 * @throws GlobError
 */
export function createPathMatcher(pattern: string): PathMatcher {
  const matches = compileGlob(pattern.replace(/^\.?\//, ''));
  return (path) => matches(path) && !path.split('/').some(isSkippedFolder);
}

/** The same for the pattern that a source is configured with. */
export function createSourceMatcher(pattern: string): PathMatcher {
  try {
    return createPathMatcher(pattern);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new SourceReadError(
      'source.bad-pattern',
      error.message,
      'Shorten the path pattern of the source.',
      error,
    );
  }
}

/** True for a folder that is not even entered. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name);
}

/** The folders of a glob before its first segment with a wildcard, and the rest. */
export function splitGlob(pattern: string): { base: string; glob: string } {
  const segments = pattern.split('/');
  const first = segments.findIndex(hasMagic);
  const end = first < 0 ? segments.length : first;
  return { base: segments.slice(0, end).join('/') || '/', glob: segments.slice(end).join('/') };
}

/** True when a target is a pattern rather than the name of one file. */
export function isGlob(target: string): boolean {
  return hasMagic(target);
}

/** True for a path, normalized, that leaves the folder that it is relative to. */
export function leavesFolder(relativePath: string): boolean {
  return relativePath === '..' || relativePath.startsWith('../');
}

/**
 * The path that a file means by a target: from its own folder, or from the root of the source when a slash stands
 * before it. It may leave the source.
 */
export function placeOf(fromPath: string, target: string): string {
  const base = target.startsWith('/') ? '' : path.posix.dirname(fromPath);
  return path.posix.normalize(path.posix.join(base, target.replace(/^\/+/, '')));
}

/**
 * Whether a target that stands in one file names another file of the same source, by path or as a pattern. Both paths
 * are from the root of the source; a target with a slash before it begins there too.
 */
export function targetLeadsTo(fromPath: string, target: string, file: string): boolean {
  if (URL.canParse(target)) return false;
  const resolved = placeOf(fromPath, target);
  if (resolved === file) return true;
  if (leavesFolder(resolved) || !isGlob(resolved)) return false;
  try {
    return createPathMatcher(resolved)(file);
  } catch (error) {
    if (error instanceof GlobError) return false;
    throw error;
  }
}
