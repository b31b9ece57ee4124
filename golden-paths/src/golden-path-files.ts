import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The folder that holds the golden paths, with the entity that lists them. */
export const goldenPathsFolder = resolve(import.meta.dirname, '..');

/** The templates, in the order in which the catalog entity names them. */
export const goldenPathNames = [
  'node-service',
  'python-service',
  'go-service',
  'service-from-manifest',
  'batch-job',
  'static-site',
  'library',
] as const;

export type GoldenPathName = (typeof goldenPathNames)[number];

/** A text file, with its path in forward slashes. */
export interface TextFile {
  path: string;
  text: string;
}

/** Folders that a build leaves behind in a skeleton that somebody tried in place. */
const buildFolders = new Set(['node_modules', 'dist', '__pycache__', '.pytest_cache', '.mypy_cache']);

/** All files below a folder, sorted, hidden ones too; the golden paths hold nothing but text. */
export function readTextFiles(folder: string): TextFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((segments) => !segments.some((segment) => buildFolders.has(segment)))
    .map((segments) => segments.join('/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
