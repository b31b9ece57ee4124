import type { RepositoryReading } from '../../../repositories/index.ts';
import { ARCHIVE_BOUNDS } from '../../hosts/host-fetch.ts';
import type { FetchFrom } from '../../hosts/polite-fetch.ts';
import {
  archiveTooLarge,
  readArchive,
  type ArchivedFile,
  type ArchiveReading,
} from '../../hosts/repository-archive.ts';
import { SourceReadError } from '../source-reader.ts';
import { createGitHubApi } from './github-api.ts';
import { createGitLabApi } from './gitlab-api.ts';
import { createKeptApi } from './kept-api.ts';
import type { HostApi, RepositoryRef } from './host-api.ts';
import type { Integration, Integrations } from '../../../../platform/outbound/index.ts';
import { demandAnswer, hostRequest } from './host-request.ts';

/** The API of the host of a repository. */
export interface RepositoryHosts {
  apiOf(integration: Integration): HostApi;
  /** All files of a repository with the contents of those that are wanted, from one archive: a single request. */
  readArchive(
    integration: Integration,
    at: RepositoryRef,
    reading: Pick<ArchiveReading, 'wants' | 'signal'>,
  ): Promise<ArchivedFile[]>;
}

export interface RepositoryHostsOptions {
  fetchFrom: FetchFrom;
  integrations: Integrations;
  /** Repositories of this server itself. */
  kept: RepositoryReading;
}

/** Opens the APIs of the hosts that the configuration knows. */
export function createRepositoryHosts(options: RepositoryHostsOptions): RepositoryHosts {
  const { fetchFrom, integrations } = options;
  const kept = createKeptApi(options.kept);
  const apiOf = (integration: Integration): HostApi => {
    if (integration.kind === 'waymark') return kept;
    const request = hostRequest(fetchFrom(integration.host), integrations, integration);
    return integration.kind === 'github' ? createGitHubApi(request) : createGitLabApi(request);
  };
  return {
    apiOf,
    async readArchive(integration, at, reading) {
      const answer = await openArchive(apiOf(integration), at, reading.signal);
      if (answer.status === 404) {
        throw new SourceReadError(
          'url.not-found',
          `There is no repository ${at.repository} with a branch or commit ${at.ref}.`,
          'Check the URL. A private repository answers the same way without a token.',
        );
      }
      await demandAnswer(answer, integration.host);
      return readArchive(new Uint8Array(await answer.arrayBuffer()), reading);
    },
  };
}

async function openArchive(api: HostApi, at: RepositoryRef, signal: AbortSignal): Promise<Response> {
  try {
    return await api.openArchive(at, signal);
  } catch (error) {
    if (!(error instanceof SourceReadError) || error.code !== 'outbound.too-large') throw error;
    const maxMebibytes = ARCHIVE_BOUNDS.maxBytes / 1024 / 1024;
    throw archiveTooLarge(`it has more than ${maxMebibytes} MiB`, error);
  }
}
