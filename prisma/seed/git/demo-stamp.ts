import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the seed writes into each repository that it makes, so that it knows its own again. */
export interface DemoStamp {
  /** Hash of the content that the repository was made from. */
  version: string;
  /** Commit of the branch when it was made; another one means that somebody has pushed since. */
  head: string;
}

const fileName = 'waymark-demo.json';

/** Marks the repository in `directory` as made by the seed. */
export async function writeStamp(directory: string, stamp: DemoStamp): Promise<void> {
  await writeFile(join(directory, fileName), `${JSON.stringify(stamp)}\n`);
}

/**
 * The stamp of a repository.
 * @returns `missing` when nothing is at that place, `foreign` when something is there that the seed did not
 * make or whose stamp cannot be read
 */
export async function readStamp(directory: string): Promise<DemoStamp | 'missing' | 'foreign'> {
  const first = await readOwn(directory);
  if (first !== 'missing' || !(await exists(directory))) return first;
  // Another run may have put it there since the look at its stamp; a repository appears with its stamp or not at all.
  const second = await readOwn(directory);
  return second === 'missing' && (await exists(directory)) ? 'foreign' : second;
}

async function readOwn(directory: string): Promise<DemoStamp | 'missing' | 'foreign'> {
  try {
    return parseStamp(await readFile(join(directory, fileName), 'utf8')) ?? 'foreign';
  } catch (error) {
    if (isNotFound(error)) return 'missing';
    throw error;
  }
}

function parseStamp(text: string): DemoStamp | undefined {
  try {
    const stamp: unknown = JSON.parse(text);
    if (typeof stamp !== 'object' || stamp === null || !('version' in stamp) || !('head' in stamp))
      return undefined;
    const { version, head } = stamp;
    return typeof version === 'string' && typeof head === 'string' ? { version, head } : undefined;
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Whether a file operation failed because nothing is at that place (or a file where a folder should be). */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
