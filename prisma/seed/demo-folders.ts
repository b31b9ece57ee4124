import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { company } from './organisation/company.ts';
import { demoRepositories, descriptorPath, repositoryNames } from './repositories/demo-repositories.ts';

/** A folder that the catalog reads in place of a repository, in the shape of an entry of `catalog.locations`. */
export interface DemoFolder {
  type: 'file';
  target: string;
  /** The files that a Git source of the same content would take. */
  path: string;
}

const STAMP = 'demo-version';

/**
 * Writes the newest state of the demo organisation as plain folders under `<home>/demo-folders/`, for
 * a machine without git. All of it appears at once or not at all.
 * @returns how many folders the organisation has, and whether this call wrote them
 */
export async function seedDemoFolders(options: {
  home: string;
}): Promise<{ folders: number; created: boolean }> {
  const root = foldersRoot(options.home);
  const folders = demoRepositories().map(({ name, commits }) => ({
    name,
    files: new Map(commits.flatMap((commit) => [...commit.files])),
  }));
  const version = createHash('sha256')
    .update(JSON.stringify(folders.map(({ name, files }) => [name, ...files])))
    .digest('hex');
  const known = await readFile(join(root, STAMP), 'utf8').catch(() => undefined); // missing on the first start
  if (known === version) return { folders: folders.length, created: false };
  await mkdir(dirname(root), { recursive: true });
  const staging = await mkdtemp(`${root}-`);
  for (const { name, files } of folders) {
    for (const [path, text] of files) {
      if (text === undefined) continue;
      const file = join(staging, name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
  await writeFile(join(staging, STAMP), version);
  await rm(root, { recursive: true, force: true });
  await rename(staging, root);
  return { folders: folders.length, created: true };
}

/** What the catalog should read then, in the order of the repositories. */
export function demoFolderLocations(options: { home: string }): DemoFolder[] {
  const root = foldersRoot(options.home);
  return repositoryNames.map((name) => ({
    type: 'file',
    target: join(root, name),
    path: descriptorPath(name) ?? '**/catalog-info.yaml',
  }));
}

function foldersRoot(home: string): string {
  return resolve(home, 'demo-folders', company.slug);
}
