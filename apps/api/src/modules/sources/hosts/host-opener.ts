import type { HostStateRepository } from '../host-state.repository.ts';
import { createGitHubHost } from './github-host.ts';
import { createHostFetch } from './host-fetch.ts';
import { integrationOf, type HostIntegration, type WrittenIntegration } from './host-settings.ts';
import type { HostedGit } from './hosted-git.ts';

export interface HostOpenerOptions {
  integrations: Readonly<Record<'github' | 'gitlab', readonly WrittenIntegration[]>>;
  state: HostStateRepository;
  fetch: typeof globalThis.fetch;
  now: () => Date;
}

/** The API of a host, for one read of a source. */
export interface OpenHost {
  git: HostedGit;
  integration: HostIntegration;
}

/** Opens the API of a host for a source of a type such as `github-discovery`. */
export type HostOpener = (sourceId: string, sourceType: string, host: string) => OpenHost;

export function createHostOpener({ integrations, state, fetch, now }: HostOpenerOptions): HostOpener {
  return (sourceId, sourceType, host) => {
    const integration = integrationOf(
      sourceType.startsWith('gitlab') ? 'gitlab' : 'github',
      host,
      integrations,
    );
    const calls = {
      host,
      apiBaseUrl: integration.apiBaseUrl,
      token: integration.token,
      memory: state.answersOf(sourceId),
      fetch: createHostFetch({
        ...{ host, fetch, state, now },
        onRateLimit: (rateLimit) => state.recordRateLimit(sourceId, rateLimit),
      }),
    };
    return { git: createGitHubHost(calls), integration };
  };
}
