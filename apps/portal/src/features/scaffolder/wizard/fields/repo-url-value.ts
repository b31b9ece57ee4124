import type { RepositoryHost } from '@waymark/contracts';

/** Parts of a repository's address beside its host. */
export const repoPartNames = ['organization', 'workspace', 'project', 'owner', 'repo'] as const;
export type RepoPartName = (typeof repoPartNames)[number];
export type RepoParts = Partial<Record<RepoPartName, string>>;

/** What `RepoUrlPicker` holds: `github.com?owner=acme&repo=payments`. */
export interface RepoUrl {
  host: string;
  parts: RepoParts;
}

/** Reads the value of a field; undefined where it is none. */
export function readRepoUrl(text: unknown): RepoUrl | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const url = URL.parse(`https://${text}`);
  if (url === null) return undefined;
  const parts: RepoParts = {};
  for (const name of repoPartNames) {
    const value = url.searchParams.get(name);
    if (value !== null && value !== '') parts[name] = value;
  }
  return { host: url.host, parts };
}

/** Writes it; undefined where nothing but the host is known, which is no answer yet. */
export function writeRepoUrl({ host, parts }: RepoUrl): string | undefined {
  const search = new URLSearchParams();
  for (const name of repoPartNames) {
    const value = parts[name]?.trim();
    if (value) search.set(name, value);
  }
  return search.size === 0 ? undefined : `${host}?${search.toString()}`;
}

/** The parts that a repository on a host is named by, the outermost first. */
export function partsOfHost(host: string, type: RepositoryHost['type'] | undefined): RepoPartName[] {
  if (type !== undefined) return ['owner', 'repo'];
  // Hosts that this server does not know, by what is known of them from elsewhere.
  if (host === 'dev.azure.com' || host.endsWith('.visualstudio.com'))
    return ['organization', 'project', 'repo'];
  if (host === 'bitbucket.org') return ['workspace', 'project', 'repo'];
  return ['owner', 'repo'];
}

/** `github.com/acme/payments`, as people read it. */
export function repoUrlText({ host, parts }: RepoUrl): string {
  const names = repoPartNames.flatMap((name) => parts[name]?.trim() || []);
  return [host, ...names].join('/');
}
