import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { codeOf } from './start-error.ts';

/**
 * One digest over files, their names and their content: it changes when any of them does.
 *
 * @param root names are taken relative to it
 * @param paths files or folders below it; a folder counts with everything inside
 * @param isInput which of the files count, by their path with forward slashes
 * @param salt what else the result depends on, for example a version
 */
export async function hashInputs(
  root: string,
  {
    paths,
    isInput = () => true,
    salt = '',
  }: { paths: string[]; isInput?: (path: string) => boolean; salt?: string },
): Promise<string> {
  const lists = await Promise.all(paths.map((path) => listFiles(join(root, path))));
  const files = lists.flat().sort();
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    const name = relative(root, file).split(sep).join('/');
    if (!isInput(name)) continue;
    const content = await readFile(file);
    hash.update(`\n${name}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return [path];
    throw error;
  }
}
