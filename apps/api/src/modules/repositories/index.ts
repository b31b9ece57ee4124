import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import { createGitRequests, GIT_REQUEST_DEADLINE_MS } from './git-http/git-requests.ts';
import { gitHttpRoutes } from './git-http/git-http.routes.ts';
import { createGitTransport, type PushLimits } from './git-http/git-transport.service.ts';
import { createRepositoryHosting, type RepositoryHosting } from './hosting.service.ts';
import { createPacking } from './packing.ts';
import { createRepositoriesRepository, type RequestReads } from './repositories.repository.ts';
import { withRepositoriesPolicy, withTransportPolicy } from './repositories.policy.ts';
import { repositoriesRoutes } from './repositories.routes.ts';
import { createRepositoriesService } from './repositories.service.ts';
import { packUp, storedBytes } from './repository-contents.ts';
import { createRepositoryReading, type RepositoryReading } from './repository-reading.ts';
import { createBareRepositories } from './storage/bare-repositories.ts';
import { removeStaleLocks } from './storage/stale-locks.ts';
import { createTipFiles, type TipFiles } from './tip-files.ts';

export type { RepositoryHosting, RepositoryUrls } from './hosting.service.ts';
export type {
  CreateOutcome,
  HostedRepository,
  NewRepository,
  RequestReads,
} from './repositories.repository.ts';
export type { RepositoryName } from './repository-name.ts';
export type { RepositoryReading } from './repository-reading.ts';
export { createTipFiles, type PushedFiles, type TipFiles } from './tip-files.ts';

/** Git repositories that Waymark keeps. */
export interface RepositoriesModule {
  mount(app: FastifyInstance): void;
  /** The same repositories for other parts of the server, which ask for permission themselves. */
  readonly hosting: RepositoryHosting;
  close(): Promise<void>;
}

export interface RepositoriesModuleOptions {
  database: Database;
  /** The server's home; repositories lie in `repositories/hosted` below it. */
  home: string;
  /** Origin under which people reach the portal. */
  baseUrl: string;
  limits: PushLimits;
  /** Asks for a read of the sources that lie in a repository, on the transaction that records a push to it. */
  requestReads: RequestReads;
}

/** The repositories without anything that answers requests, for the part of the server that works in the background. */
export function openRepositoryHosting(
  options: Pick<RepositoriesModuleOptions, 'database' | 'home' | 'baseUrl' | 'requestReads'> & {
    /** Shared with whoever reads in this process. */
    tips: TipFiles;
  },
): RepositoryHosting {
  return createRepositoryHosting({
    repositories: createRepositoriesRepository(options.database, options.requestReads),
    storage: createBareRepositories(options.home),
    tips: options.tips,
    baseUrl: options.baseUrl,
  });
}

/** A lock of this age belongs to no request that could still run. */
const STALE_AFTER_MS = 2 * GIT_REQUEST_DEADLINE_MS;

export function createRepositoriesModule(options: RepositoriesModuleOptions): RepositoriesModule {
  const { database, home, baseUrl, limits, requestReads } = options;
  const repositories = createRepositoriesRepository(database, requestReads);
  const storage = createBareRepositories(home);
  const hosting = createRepositoryHosting({ repositories, storage, baseUrl, tips: createTipFiles() });
  const service = createRepositoriesService({ repositories, hosting });
  const packing = createPacking(packUp);
  const transport = createGitTransport({
    ...{ hosting, limits },
    storedBytes: (directory) => storedBytes({ directory, signal: new AbortController().signal }),
    prepare: (directory) => removeStaleLocks(directory, STALE_AFTER_MS, new Date()),
    packUp: (directory) => packing.request(directory),
  });
  const requests = createGitRequests();
  return {
    mount(app) {
      repositoriesRoutes(app, withRepositoriesPolicy(service, guestMayDoEverything));
      gitHttpRoutes(app, {
        ...{ requests, root: storage.root, pathOf: storage.pathOf },
        transport: withTransportPolicy(transport, guestMayDoEverything),
      });
    },
    hosting,
    async close() {
      await requests.stop();
      await packing.stop();
    },
  };
}

/** What the kept repositories hold, for a process that serves none of them. */
export function openRepositoryReading(options: {
  database: Database;
  home: string;
  /** Shared with whoever publishes in this process. */
  tips?: TipFiles;
}): RepositoryReading {
  const { database, home, tips = createTipFiles() } = options;
  // Who only reads announces no push.
  const repositories = createRepositoriesRepository(database, () => {});
  return createRepositoryReading(repositories, createBareRepositories(home), tips);
}
