import type {
  Integration,
  Integrations,
  OutboundFetch,
  RemoteKind,
} from '../../../platform/outbound/index.ts';
import type { HostStateRepository } from '../host-state.repository.ts';
import { SourceReadError } from '../readers/source-reader.ts';
import { createGitHubHost } from './github-host.ts';
import { createGitLabHost } from './gitlab-host.ts';
import { createHostFetch } from './host-fetch.ts';
import type { HostedGit } from './hosted-git.ts';

export interface HostOpenerOptions {
  integrations: Integrations;
  state: HostStateRepository;
  fetch: OutboundFetch;
  now: () => Date;
}

/** The API of a host, for one read of a source. */
export interface OpenHost {
  git: HostedGit;
  integration: Integration & { kind: RemoteKind };
}

/** Opens the API of a host for a source of a type such as `github-discovery`. */
export type HostOpener = (source: { id: string; type: string }, host: string) => OpenHost;

export function createHostOpener({ integrations, state, fetch, now }: HostOpenerOptions): HostOpener {
  return ({ id, type }, host) => {
    const kind = type.startsWith('gitlab') ? 'gitlab' : 'github';
    const integration = integrations.all.find((known) => known.kind === kind && known.host === host);
    if (!integration) {
      throw new SourceReadError(
        'host.not-configured',
        `The configuration has no integration for ${host}.`,
        `Add an entry with this host to integrations.${kind}, and start again.`,
      );
    }
    const calls = {
      host,
      apiBaseUrl: integration.apiBaseUrl,
      token: integration.token,
      memory: state.answersOf(id),
      fetch: createHostFetch({
        ...{ host, fetch, state, now },
        onRateLimit: (rateLimit) => state.recordRateLimit(id, rateLimit),
      }),
    };
    return {
      git: kind === 'gitlab' ? createGitLabHost(calls) : createGitHubHost(calls),
      integration: { ...integration, kind },
    };
  };
}
