import type { RepositoryHost } from '@waymark/contracts';
import type { Config } from '../../platform/config.ts';
import { createIntegrations } from '../../platform/outbound/index.ts';

/** Titles of the hosts that everybody knows by another name than their address. */
const KNOWN_TITLES: Readonly<Record<string, string>> = { 'github.com': 'GitHub', 'gitlab.com': 'GitLab' };

/** Hosts of Git repositories that this server knows: its own first, then those of the integrations. */
export function repositoryHostsOf({
  app,
  integrations,
}: Pick<Config, 'app' | 'integrations'>): RepositoryHost[] {
  const { all } = createIntegrations(integrations, app.baseUrl);
  const hosts = all.map(({ host, kind }): RepositoryHost => ({
    ...{ host, type: kind },
    title: kind === 'waymark' ? app.title : (KNOWN_TITLES[host] ?? host),
  }));
  return hosts.sort((a, b) => Number(b.type === 'waymark') - Number(a.type === 'waymark'));
}
