/** A GitHub or GitLab server that the configuration knows, with how to talk to it. */
export interface Integration {
  kind: 'github' | 'gitlab';
  /** Host of its web pages, with the port if it has one: `github.com`. */
  host: string;
  /** Base of its API, without a slash at the end. */
  apiBaseUrl: string;
  token: string | undefined;
}

/** One entry of `integrations.github` or `integrations.gitlab`. */
export interface IntegrationSettings {
  host?: string | undefined;
  apiBaseUrl?: string | undefined;
  token?: string | undefined;
}

/** What the configuration says of the hosts of repositories. */
export interface IntegrationsSettings {
  github: readonly IntegrationSettings[];
  gitlab: readonly IntegrationSettings[];
}

/** The hosts of repositories that this server knows. */
export interface Integrations {
  readonly all: readonly Integration[];
  /** The integration whose web pages have exactly this URL's host: nothing else may see its token. */
  of(url: string | URL): Integration | undefined;
  /** Headers that prove who asks, for a URL below the API of this integration and for no other. */
  credentialsFor(integration: Integration, url: string | URL): Record<string, string>;
}

const USUAL_HOSTS = { github: 'github.com', gitlab: 'gitlab.com' } as const;

/** Reads `integrations`; github.com and gitlab.com are known without an entry, but then without a token. */
export function createIntegrations(settings: IntegrationsSettings): Integrations {
  const all = (['github', 'gitlab'] as const).flatMap((kind) => {
    const configured = settings[kind].map((entry) => integrationOf(kind, entry));
    const isUsualConfigured = configured.some(({ host }) => host === USUAL_HOSTS[kind]);
    return isUsualConfigured ? configured : [...configured, integrationOf(kind, {})];
  });
  return {
    all,
    of(url) {
      if (!URL.canParse(String(url))) return undefined;
      const { host, protocol, username, password } = new URL(url);
      if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
      return all.find((integration) => integration.host === host);
    },
    credentialsFor({ kind, apiBaseUrl, token }, url): Record<string, string> {
      if (token === undefined || !isBelow(new URL(url), new URL(apiBaseUrl))) return {};
      return kind === 'github' ? { authorization: `Bearer ${token}` } : { 'private-token': token };
    },
  };
}

function integrationOf(kind: Integration['kind'], entry: IntegrationSettings): Integration {
  const host = (entry.host ?? USUAL_HOSTS[kind]).toLowerCase();
  const apiBaseUrl = (entry.apiBaseUrl ?? usualApi(kind, host)).replace(/\/+$/, '');
  return { kind, host, apiBaseUrl, token: entry.token };
}

function usualApi(kind: Integration['kind'], host: string): string {
  if (kind === 'gitlab') return `https://${host}/api/v4`;
  return host === USUAL_HOSTS.github ? 'https://api.github.com' : `https://${host}/api/v3`;
}

function isBelow(url: URL, base: URL): boolean {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return url.origin === base.origin && url.pathname.startsWith(folder);
}
