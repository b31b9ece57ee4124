import type { AllowedHost } from './allowed-hosts.ts';
import { createIntegrations, type IntegrationsSettings } from './integrations.ts';

export type { AllowedHost } from './allowed-hosts.ts';

/** The part of the configuration that says which hosts may be read. */
export interface ReadingSettings {
  /** Origin of this server, whose own repositories are read without a request. */
  app: { baseUrl: string };
  integrations: IntegrationsSettings;
  backend: { reading: { allow: readonly { host: string; paths?: string[] | undefined }[] } };
}

/** Where github.com sends those who ask its API for files and archives. */
const GITHUB_FILE_HOSTS = ['codeload.github.com', 'raw.githubusercontent.com'];

/**
 * Hosts that the configuration allows: those of `integrations` with their APIs, github.com and gitlab.com in any
 * case, and `backend.reading.allow`. A host that the operator wrote down may be an inside one; those that are known
 * without being written down may not.
 */
export function allowedHostsOf({ integrations, backend }: Omit<ReadingSettings, 'app'>): AllowedHost[] {
  const written = new Set(
    [...integrations.github, ...integrations.gitlab].flatMap(({ host, apiBaseUrl }) => [
      ...(host === undefined ? [] : [host.toLowerCase()]),
      ...(apiBaseUrl === undefined ? [] : [new URL(apiBaseUrl).host]),
    ]),
  );
  const hostOf = (host: string, isPlainHttpAllowed: boolean): AllowedHost => ({
    host,
    isPrivateAllowed: written.has(host),
    isPlainHttpAllowed,
  });
  return [
    ...createIntegrations(integrations).all.flatMap(({ host, apiBaseUrl }) => {
      const api = new URL(apiBaseUrl);
      return [hostOf(host, false), hostOf(api.host, api.protocol === 'http:')];
    }),
    ...GITHUB_FILE_HOSTS.map((host) => hostOf(host, false)),
    ...backend.reading.allow.map(({ host, paths }) => ({
      ...{ host, paths, isPrivateAllowed: true, isPlainHttpAllowed: true },
    })),
  ];
}
