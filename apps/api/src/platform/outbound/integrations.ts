/** A host on the network whose API is asked. */
export type RemoteKind = 'github' | 'gitlab';

/** A host of repositories that the configuration knows, with how to talk to it. `waymark` is this server itself. */
export interface Integration {
  kind: RemoteKind | 'waymark';
  /** Host of its web pages, with the port if it has one: `github.com`. */
  host: string;
  /** What the pages of repositories begin with, without a slash at the end: `https://github.com`. */
  webUrl: string;
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

/** Names under which a browser finds the machine that it runs on. */
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads `integrations`; github.com and gitlab.com are known without an entry, but then without a token.
 *
 * @param baseUrl origin of this server, whose own repositories are known as well where it is given
 */
export function createIntegrations(settings: IntegrationsSettings, baseUrl?: string): Integrations {
  const remote = (['github', 'gitlab'] as const).flatMap((kind) => {
    const configured = settings[kind].map((entry) => integrationOf(kind, entry));
    const isUsualConfigured = configured.some(({ host }) => host === USUAL_HOSTS[kind]);
    return isUsualConfigured ? configured : [...configured, integrationOf(kind, {})];
  });
  const own = baseUrl === undefined ? undefined : ownIntegration(baseUrl);
  const all = own ? [...remote, own] : remote;
  return {
    all,
    of(url) {
      if (!URL.canParse(String(url))) return undefined;
      const { host, protocol, username, password } = new URL(url);
      if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
      const known = all.find((integration) => integration.host === host);
      return known ?? (own && isSameMachine(own.host, host) ? own : undefined);
    },
    credentialsFor({ kind, apiBaseUrl, token }, url): Record<string, string> {
      if (token === undefined || !isBelow(new URL(url), new URL(apiBaseUrl))) return {};
      return kind === 'github' ? { authorization: `Bearer ${token}` } : { 'private-token': token };
    },
  };
}

function ownIntegration(baseUrl: string): Integration {
  const base = baseUrl.replace(/\/+$/, '');
  const { host } = new URL(base);
  const webUrl = `${base}/repositories`;
  return { kind: 'waymark', host, webUrl, apiBaseUrl: `${base}/api/repositories`, token: undefined };
}

/** A server on this machine goes by several names. */
function isSameMachine(own: string, other: string): boolean {
  const [ownUrl, otherUrl] = [new URL(`http://${own}`), new URL(`http://${other}`)];
  return (
    LOOPBACK_NAMES.has(ownUrl.hostname) &&
    LOOPBACK_NAMES.has(otherUrl.hostname) &&
    ownUrl.port === otherUrl.port
  );
}

function integrationOf(kind: RemoteKind, entry: IntegrationSettings): Integration {
  const host = (entry.host ?? USUAL_HOSTS[kind]).toLowerCase();
  const apiBaseUrl = (entry.apiBaseUrl ?? usualApi(kind, host)).replace(/\/+$/, '');
  return { kind, host, webUrl: `https://${host}`, apiBaseUrl, token: entry.token };
}

function usualApi(kind: RemoteKind, host: string): string {
  if (kind === 'gitlab') return `https://${host}/api/v4`;
  return host === USUAL_HOSTS.github ? 'https://api.github.com' : `https://${host}/api/v3`;
}

function isBelow(url: URL, base: URL): boolean {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return url.origin === base.origin && url.pathname.startsWith(folder);
}
