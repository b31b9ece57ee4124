/** What kind of Git host stands behind a host name. */
export type RepositoryHostType =
  'azure' | 'bitbucketCloud' | 'bitbucketServer' | 'gerrit' | 'gitea' | 'github' | 'gitlab' | 'waymark';

/** A repository that need not exist yet, as `RepoUrlPicker` names it. */
export interface RepositoryLocation {
  host: string;
  owner?: string;
  repo?: string;
  organization?: string;
  workspace?: string;
  project?: string;
}

const names = ['owner', 'repo', 'organization', 'workspace', 'project'] as const;

type PartName = (typeof names)[number];

/** What must be there; of several lists any one will do. */
const required: Record<RepositoryHostType, PartName[][]> = {
  azure: [['project', 'repo']],
  bitbucketCloud: [['workspace', 'project', 'repo']],
  bitbucketServer: [['project', 'repo']],
  gerrit: [['repo']],
  gitea: [['repo']],
  github: [['owner', 'repo']],
  gitlab: [
    ['owner', 'repo'],
    ['project', 'repo'],
  ],
  waymark: [['owner', 'repo']],
};

/** A repository URL that cannot be used: `message` says why, `hint` what to write instead. */
export class RepoUrlError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/**
 * Reads `host?owner=…&repo=…`, the value of `RepoUrlPicker`, by the rules of Backstage's `parseRepoUrl`: slashes
 * around a part are cut, an empty part is none, and what is required follows from the host.
 *
 * @param hostTypeOf what the configuration knows of a host; undefined for an unknown one
 * @throws RepoUrlError
 */
export function parseRepoUrl(
  text: string,
  hostTypeOf: (host: string) => RepositoryHostType | undefined,
): RepositoryLocation {
  const url = URL.parse(`https://${text}`);
  if (url === null) {
    throw new RepoUrlError(
      `${JSON.stringify(text)} is not the address of a repository.`,
      'Write it as "github.com?owner=my-team&repo=my-service".',
    );
  }
  const type = hostTypeOf(url.host);
  if (type === undefined) {
    throw new RepoUrlError(
      `No integration is configured for the host ${url.host}.`,
      'Choose another host, or ask the operator to add it under integrations in the configuration.',
    );
  }
  const parts: [PartName, string][] = [];
  for (const name of names) {
    const value = trimSlashes(url.searchParams.get(name) ?? '');
    if (value !== '') parts.push([name, value]);
  }
  const location: RepositoryLocation = { host: url.host, ...Object.fromEntries(parts) };
  const missing = required[type].map((list) => list.filter((name) => location[name] === undefined));
  if (!missing.some((list) => list.length === 0)) {
    const list = missing[0] ?? [];
    throw new RepoUrlError(
      `The repository URL ${JSON.stringify(text)} lacks ${list.join(' and ')}.`,
      `Write it as "${url.host}?${required[type][0]?.map((name) => `${name}=…`).join('&')}".`,
    );
  }
  return location;
}

/** Not by a pattern: one that is bound to the end looks from every slash on. */
function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '/') start += 1;
  while (end > start && text[end - 1] === '/') end -= 1;
  return text.slice(start, end);
}
