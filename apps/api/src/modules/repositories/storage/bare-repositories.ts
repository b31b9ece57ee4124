import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeBareRepository } from '../../../platform/git/bare-repository.ts';
import { isRefName } from '../repository-contents.ts';
import type { RepositoryName } from '../repository-name.ts';

/** What a folder must know of its repository. */
export interface StoredRepository extends RepositoryName {
  id: string;
  defaultBranch: string;
}

/** Folders of bare repositories, `<owner>/<name>.git` in lower case below one root. */
export interface BareRepositories {
  /** Root for `git http-backend`. */
  readonly root: string;
  /** The folder as a path below {@link root}, with slashes. */
  readonly pathOf: (repository: RepositoryName) => string;
  /** The folder, made when it is not there. One that a removed repository left behind gives way. */
  ensure(repository: StoredRepository): Promise<string>;
  /** The commit that a branch shows, when that is easily told: undefined for a branch that git has packed away. */
  tipOf(repository: RepositoryName, branch: string): Promise<string | undefined>;
  /** Takes the folder away, when it is this repository's. */
  remove(repository: StoredRepository): Promise<void>;
}

/** File with the id of the repository that a folder belongs to. */
const ID_FILE = 'waymark-id';
/** Where folders are made and taken apart: no owner's name begins with a dot. */
const WORKSHOP = '.making';
const MAX_ATTEMPTS = 5;
/** A git that outlived its parent may still write for a moment. */
const REMOVE = { recursive: true, force: true, maxRetries: 5 } as const;

/** Keeps bare repositories in `<home>/repositories/hosted`. */
export function createBareRepositories(home: string): BareRepositories {
  const root = path.join(home, 'repositories', 'hosted');
  const pathOf = ({ owner, name }: RepositoryName) => `${owner.toLowerCase()}/${name.toLowerCase()}.git`;
  const directoryOf = (repository: RepositoryName) => path.join(root, pathOf(repository));
  const beside = (id: string) => path.join(root, WORKSHOP, `${id}-${randomUUID()}.git`);

  async function ensure(repository: StoredRepository): Promise<string> {
    const directory = directoryOf(repository);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const holder = await idOf(directory);
      if (holder === repository.id) return directory;
      if (holder !== 'missing') await moveAway(repository, directory);
      const fresh = beside(repository.id);
      try {
        await makeBare(fresh, repository);
        await mkdir(path.dirname(directory), { recursive: true });
        await rename(fresh, directory);
        return directory;
      } catch (error) {
        await rm(fresh, REMOVE);
        if (!isOccupied(error)) throw error;
        // Another process was first, or something else lies there: the next look tells.
      }
    }
    throw new Error(`The folder of repository ${repository.id} cannot be put in its place.`);
  }

  /** Takes away what lies in the place of another repository; what turns out to be the right one comes back. */
  async function moveAway({ id }: StoredRepository, directory: string): Promise<void> {
    const away = beside(id);
    await mkdir(path.dirname(away), { recursive: true });
    await rename(directory, away).catch(unlessMissing);
    if ((await idOf(away)) === id) await rename(away, directory).catch(unlessOccupied);
    await rm(away, REMOVE);
  }

  return {
    root,
    pathOf,
    ensure,
    async tipOf(repository, branch) {
      if (!isRefName(branch)) return undefined;
      const file = path.join(directoryOf(repository), 'refs', 'heads', branch);
      const text = await readFile(file, 'utf8').catch(() => ''); // packed, a folder, or not there: git can tell
      return /^[0-9a-f]{40}(?=\n$)/.exec(text)?.[0];
    },
    async remove(repository) {
      const directory = directoryOf(repository);
      if ((await idOf(directory)) !== repository.id) return;
      const away = beside(repository.id);
      await mkdir(path.dirname(away), { recursive: true });
      await rename(directory, away).catch(unlessMissing);
      await rm(away, REMOVE);
    },
  };
}

/** Id of the repository that a folder belongs to; a folder without one belongs to nobody. */
async function idOf(directory: string): Promise<string> {
  try {
    return (await readFile(path.join(directory, ID_FILE), 'utf8')).trim();
  } catch (error) {
    unlessMissing(error);
    return (await stat(directory).catch(unlessMissing)) ? 'nobody' : 'missing';
  }
}

async function makeBare(directory: string, { id, defaultBranch }: StoredRepository): Promise<void> {
  await makeBareRepository(directory, defaultBranch);
  await writeFile(path.join(directory, ID_FILE), `${id}\n`);
}

function isOccupied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

function unlessOccupied(error: unknown): void {
  if (!isOccupied(error)) throw error;
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
