import type { Caller } from '../../../platform/auth/caller.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { RepositoryHosting } from '../hosting.service.ts';
import type { HostedRepository } from '../repositories.repository.ts';
import { findOrRefuse } from '../repositories.service.ts';
import type { RepositoryName } from '../repository-name.ts';

/** A repository that git may fetch from. */
export interface GitAccess {
  repository: HostedRepository;
  /** Folder of the bare repository. */
  directory: string;
}

/** A repository that git may push to. */
export interface PushAccess extends GitAccess {
  /** Bytes that the pack of this push may have. */
  maxInputBytes: number;
}

/** What git clones, fetches and pushes. */
export interface GitTransport {
  openForFetch(caller: Caller, name: RepositoryName): Promise<GitAccess>;
  /** @throws AppError also for a repository that takes no more */
  openForPush(caller: Caller, name: RepositoryName): Promise<PushAccess>;
  /** To be told when a push has been taken. */
  finishPush(caller: Caller, access: GitAccess): Promise<void>;
}

/** Bounds of what may be pushed. */
export interface PushLimits {
  maxPushBytes: number;
  maxRepositoryBytes: number;
}

export interface GitTransportOptions {
  hosting: RepositoryHosting;
  limits: PushLimits;
  storedBytes: (directory: string) => Promise<number>;
  /** Makes a repository fit for the next push, whatever became of the one before. */
  prepare: (directory: string) => Promise<void>;
  /** Packs a repository up in the background. */
  packUp: (directory: string) => void;
}

export function createGitTransport(options: GitTransportOptions): GitTransport {
  const { hosting, limits } = options;
  async function open(name: RepositoryName): Promise<GitAccess> {
    const repository = await findOrRefuse(hosting, name.owner, name.name);
    return { repository, directory: await hosting.directoryOf(repository) };
  }
  return {
    openForFetch: (_caller, name) => open(name),
    async openForPush(_caller, name) {
      const access = await open(name);
      const { owner, name: shown, isArchived } = access.repository;
      if (isArchived) {
        throw new AppError('repository.archived', `${owner}/${shown} is archived: it takes no pushes.`);
      }
      await options.prepare(access.directory);
      const room = limits.maxRepositoryBytes - (await options.storedBytes(access.directory));
      if (room <= 0) {
        throw new AppError(
          'repository.full',
          `${owner}/${shown} has no room left: it may have ${inMebibytes(limits.maxRepositoryBytes)}. ` +
            'Remove what it does not need, or ask for a higher repositories.maxRepositoryBytes.',
        );
      }
      return { ...access, maxInputBytes: Math.min(limits.maxPushBytes, room) };
    },
    async finishPush(caller, { repository, directory }) {
      options.packUp(directory);
      await hosting.announcePush(repository, caller);
    },
  };
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
