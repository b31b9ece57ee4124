import type { Dirent } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGit } from './run-git.ts';

/** What git puts into an empty bare repository. */
interface EmptyRepository {
  /** Those that hold no other: whoever makes them makes those above. */
  folders: readonly string[];
  /** Contents by path, without HEAD. */
  files: ReadonlyMap<string, Buffer>;
}

let empty: Promise<EmptyRepository> | undefined;

/**
 * Makes an empty bare repository with a first branch, as `git init` would: git is asked once what that looks like, since
 * to start it takes longer than to write four files.
 *
 * @param directory is made with the folders that lead to it
 * @param branch a name that git takes for one
 */
export async function makeBareRepository(directory: string, branch: string): Promise<void> {
  empty ??= readEmptyRepository();
  // Another try may have a temporary folder that can be written to.
  const content = await empty.catch((error: unknown) => {
    empty = undefined;
    throw error;
  });
  for (const folder of content.folders) await mkdir(path.join(directory, folder), { recursive: true });
  const head = Buffer.from(`ref: refs/heads/${branch}\n`);
  for (const [name, bytes] of [...content.files, ['HEAD', head] as const])
    await writeFile(path.join(directory, name), bytes);
}

async function readEmptyRepository(): Promise<EmptyRepository> {
  const directory = await mkdtemp(path.join(tmpdir(), 'waymark-empty-'));
  try {
    await runGit(['init', '--quiet', '--bare', '--template=', '--', directory], {
      signal: new AbortController().signal,
      // Whatever later versions prefer: HEAD and branches are files, with ids that everybody knows.
      env: { GIT_DEFAULT_REF_FORMAT: 'files', GIT_DEFAULT_HASH: 'sha1' },
    });
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const nameOf = ({ parentPath, name }: Dirent) => path.relative(directory, path.join(parentPath, name));
    const folders = entries.filter((entry) => entry.isDirectory()).map(nameOf);
    const files = new Map<string, Buffer>();
    for (const name of entries.filter((entry) => entry.isFile()).map(nameOf))
      if (name !== 'HEAD') files.set(name, await readFile(path.join(directory, name)));
    const isLowest = (folder: string) => !folders.some((other) => other.startsWith(folder + path.sep));
    return { folders: folders.filter(isLowest), files };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
