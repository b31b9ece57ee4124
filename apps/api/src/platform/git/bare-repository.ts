import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGit } from './run-git.ts';

/** What git puts into an empty bare repository, by path; a folder has no content. */
type EmptyRepository = ReadonlyMap<string, Buffer | undefined>;

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
  await mkdir(directory, { recursive: true });
  for (const [name, bytes] of content) {
    const place = path.join(directory, name);
    await (bytes ? writeFile(place, bytes) : mkdir(place, { recursive: true }));
  }
  await writeFile(path.join(directory, 'HEAD'), `ref: refs/heads/${branch}\n`);
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
    const content = new Map<string, Buffer | undefined>();
    for (const entry of entries) {
      const absolute = path.join(entry.parentPath, entry.name);
      content.set(
        path.relative(directory, absolute),
        entry.isDirectory() ? undefined : await readFile(absolute),
      );
    }
    // A folder comes before what lies in it.
    return new Map([...content].sort(([left], [right]) => left.length - right.length));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
