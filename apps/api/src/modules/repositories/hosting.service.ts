import type { Caller } from '../../platform/auth/caller.ts';
import { encodePath } from '../../platform/outbound/index.ts';
import type {
  CreateOutcome,
  HostedRepository,
  NewRepository,
  RepositoriesRepository,
} from './repositories.repository.ts';
import {
  demandBranchName,
  demandRepositoryName,
  isRepositoryName,
  pageOfRepository,
  type RepositoryName,
} from './repository-name.ts';
import type { BareRepositories } from './storage/bare-repositories.ts';
import type { PushedFiles, TipFiles } from './tip-files.ts';

/** Addresses of a repository. */
export interface RepositoryUrls {
  /** What `git clone` takes. */
  cloneUrl: string;
  /** Its page in the portal, which is also how sources of the catalog name it. */
  webUrl: string;
}

/**
 * Repositories that Waymark keeps, for other parts of the server. Permissions are the caller's matter: ask for
 * `repositories.repository.write` before anything is made or pushed on behalf of somebody.
 */
export interface RepositoryHosting {
  /**
   * Makes an empty repository. With the same `createdFor` the same repository comes back, however often and by how
   * many at once it is asked for, and its folder is there when this resolves.
   *
   * @throws AppError `repository.name-invalid`
   */
  create(input: NewRepository, caller: Caller): Promise<CreateOutcome>;
  find(owner: string, name: string): Promise<HostedRepository | undefined>;
  /** Takes a repository away with all its content; false when there is none. */
  remove(owner: string, name: string, caller: Caller): Promise<boolean>;
  /** Folder of the bare repository, to push to with git; made anew when it is missing. */
  directoryOf(repository: HostedRepository): Promise<string>;
  /** To be told after every push: the catalog reads the sources again that lie in the repository. */
  announcePush(repository: HostedRepository, caller: Caller, pushed?: PushedFiles): Promise<void>;
  urlsOf(repository: RepositoryName): RepositoryUrls;
  /** The page of a file, which can be registered as a source; on the default branch unless `ref` is given. */
  fileUrl(repository: HostedRepository, path: string, ref?: string): string;
}

export interface RepositoryHostingOptions {
  repositories: RepositoriesRepository;
  storage: BareRepositories;
  tips: TipFiles;
  /** Origin under which people reach the portal. */
  baseUrl: string;
}

export function createRepositoryHosting(options: RepositoryHostingOptions): RepositoryHosting {
  const { repositories, storage, tips } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const urlsOf = ({ owner, name }: RepositoryName): RepositoryUrls => ({
    cloneUrl: `${baseUrl}/git/${owner}/${name}.git`,
    webUrl: `${baseUrl}${pageOfRepository({ owner, name })}`,
  });
  return {
    async create(input, caller) {
      demandRepositoryName(input);
      if (input.defaultBranch !== undefined) demandBranchName(input.defaultBranch);
      const made = await repositories.create(input, caller);
      // A crash before this line leaves a row without a folder, which everybody who comes along makes.
      if (made.outcome !== 'taken') await storage.ensure(made.repository);
      return made;
    },
    async find(owner, name) {
      return isRepositoryName({ owner, name }) ? repositories.find({ owner, name }) : undefined;
    },
    async remove(owner, name, caller) {
      const removed = isRepositoryName({ owner, name })
        ? await repositories.remove({ owner, name }, caller)
        : undefined;
      // What a crash leaves of the folder here gives way to the next repository of this name.
      if (removed) await storage.remove(removed);
      return removed !== undefined;
    },
    directoryOf: (repository) => storage.ensure(repository),
    async announcePush(repository, caller, pushed) {
      if (pushed) tips.notePush(repository.id, pushed);
      await repositories.recordPush(repository, caller);
    },
    urlsOf,
    fileUrl: (repository, path, ref = repository.defaultBranch) =>
      `${urlsOf(repository).webUrl}/blob/${encodeURIComponent(ref)}/${encodePath(path)}`,
  };
}
