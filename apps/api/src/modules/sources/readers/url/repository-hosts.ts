import type { OutboundFetch } from '../../../../platform/outbound/index.ts';
import { SourceReadError } from '../source-reader.ts';
import { createGitHubApi } from './github-api.ts';
import { createGitLabApi } from './gitlab-api.ts';
import type { HostApi, RepositoryRef } from './host-api.ts';
import type { Integration, Integrations } from '../../../../platform/outbound/index.ts';
import { demandAnswer, hostRequest } from './host-request.ts';
import { extractArchive, type ArchiveLimits } from './repository-archive.ts';

/** The API of the host of a repository. */
export interface RepositoryHosts {
  apiOf(integration: Integration): HostApi;
  /** Contents of the files of a repository that are wanted, from one archive: a single request. */
  readArchive(
    integration: Integration,
    at: RepositoryRef,
    isWanted: (path: string) => boolean,
    signal: AbortSignal,
  ): Promise<Map<string, Uint8Array>>;
}

export interface RepositoryHostsOptions {
  fetch: OutboundFetch;
  integrations: Integrations;
  limits: Omit<ArchiveLimits, 'maxArchiveBytes'>;
}

const MAX_ARCHIVE_BYTES = 200 * 1024 * 1024;

/** Opens the APIs of the hosts that the configuration knows. */
export function createRepositoryHosts({
  fetch,
  integrations,
  limits,
}: RepositoryHostsOptions): RepositoryHosts {
  const apiOf = (integration: Integration): HostApi => {
    const request = hostRequest(fetch, integrations, integration);
    return integration.kind === 'github' ? createGitHubApi(request) : createGitLabApi(request);
  };
  return {
    apiOf,
    async readArchive(integration, at, isWanted, signal) {
      const answer = await apiOf(integration).openArchive(at, MAX_ARCHIVE_BYTES, signal);
      if (answer.status === 404) {
        throw new SourceReadError(
          'url.not-found',
          `There is no repository ${at.repository} with a branch or commit ${at.ref}.`,
          'Check the URL. A private repository answers the same way without a token.',
        );
      }
      await demandAnswer(answer, integration.host);
      return extractArchive(new Uint8Array(await answer.arrayBuffer()), isWanted, limits);
    },
  };
}
