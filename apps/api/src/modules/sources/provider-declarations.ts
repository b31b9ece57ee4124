import type { DiscoverySettings, OrganisationSettings, RepositoryFilter } from './hosts/host-settings.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

interface GitHubProvider {
  organization: string;
  host: string;
  catalogPath: string;
  filters: {
    branch?: string | undefined;
    repository?: string | undefined;
    topic: { include: string[]; exclude: string[] };
    allowForks: boolean;
    allowArchived: boolean;
    visibility?: ('public' | 'internal' | 'private')[] | undefined;
  };
}

interface GitHubOrgProvider {
  id: string;
  githubUrl: string;
  orgs: string[];
}

interface GitLabProvider {
  host: string;
  group?: string | undefined;
  branch?: string | undefined;
  fallbackBranch: string;
  entityFilename: string;
  projectPattern?: string | undefined;
  groupPattern?: string | string[] | undefined;
  userPattern?: string | undefined;
  excludeRepos: string[];
  topics?: string | undefined;
  skipForkedRepos: boolean;
  includeArchivedRepos: boolean;
  orgEnabled: boolean;
}

/** `catalog.providers` of the configuration. */
export interface Providers {
  github: Record<string, GitHubProvider>;
  githubOrg: GitHubOrgProvider[];
  gitlab: Record<string, GitLabProvider>;
}

/** The sources that Backstage's providers stand for. */
export function declarationsOf({ github, githubOrg, gitlab }: Providers): SourceDeclaration[] {
  return [
    ...Object.entries(github).map(([id, provider]) => githubDiscovery(id, provider)),
    ...githubOrg.flatMap(githubOrganisations),
    ...Object.entries(gitlab).flatMap(([id, provider]) => [
      gitlabDiscovery(id, provider),
      ...(provider.orgEnabled ? [gitlabOrganisation(id, provider)] : []),
    ]),
  ];
}

function githubDiscovery(id: string, provider: GitHubProvider): SourceDeclaration {
  const { organization, host, catalogPath, filters } = provider;
  return discovery('github-discovery', id, {
    host,
    organisation: organization,
    ...(filters.branch === undefined ? {} : { branch: filters.branch }),
    path: catalogPath,
    filter: {
      ...(filters.repository === undefined ? {} : { pattern: filters.repository }),
      ...(filters.visibility === undefined ? {} : { visibility: filters.visibility }),
      excluded: [],
      topics: filters.topic,
      allowsForks: filters.allowForks,
      allowsArchived: filters.allowArchived,
    },
  });
}

function gitlabDiscovery(id: string, provider: GitLabProvider): SourceDeclaration {
  const filter: RepositoryFilter = {
    ...(provider.projectPattern === undefined ? {} : { pattern: provider.projectPattern }),
    excluded: provider.excludeRepos,
    topics: { include: [], exclude: [] },
    requiredTopics: (provider.topics ?? '').split(',').flatMap((topic) => topic.trim() || []),
    allowsForks: !provider.skipForkedRepos,
    allowsArchived: provider.includeArchivedRepos,
  };
  return discovery('gitlab-discovery', id, {
    host: provider.host,
    organisation: provider.group ?? '',
    ...(provider.branch === undefined ? {} : { branch: provider.branch }),
    fallbackBranch: provider.fallbackBranch,
    path: provider.entityFilename,
    filter,
  });
}

function discovery(
  type: 'github-discovery' | 'gitlab-discovery',
  id: string,
  settings: DiscoverySettings,
): SourceDeclaration {
  const target = `https://${settings.host}/${settings.organisation}`;
  return {
    ...{ type, target, path: settings.path, origin: 'config', settings },
    ...(settings.branch === undefined ? {} : { branch: settings.branch }),
    // Another branch, path or filter is the same discovery: its repositories stay.
    identity: `${target}#${id}`,
  };
}

function githubOrganisations({ id, githubUrl, orgs }: GitHubOrgProvider): SourceDeclaration[] {
  const { host } = new URL(githubUrl);
  return orgs.map((organisation) =>
    people('github-org', id, {
      host,
      organisation,
      // As in Backstage: groups of several organisations are kept apart by namespaces.
      ...(orgs.length > 1 ? { namespace: organisation.toLowerCase() } : {}),
      groupPatterns: [],
    }),
  );
}

function gitlabOrganisation(id: string, provider: GitLabProvider): SourceDeclaration {
  return people('gitlab-org', id, {
    host: provider.host,
    organisation: provider.group ?? '',
    groupPatterns: [provider.groupPattern ?? []].flat(),
    ...(provider.userPattern === undefined ? {} : { personPattern: provider.userPattern }),
  });
}

function people(
  type: 'github-org' | 'gitlab-org',
  id: string,
  settings: OrganisationSettings,
): SourceDeclaration {
  const target = `https://${settings.host}/${settings.organisation}`;
  return { type, target, origin: 'config', settings, identity: `${target}#${id}` };
}
