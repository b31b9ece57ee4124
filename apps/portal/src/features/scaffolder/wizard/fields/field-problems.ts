import { textsOption, type FieldOptions } from './field-options.ts';
import { partsOfHost, readRepoUrl, type RepoPartName } from './repo-url-value.ts';

type Check = (value: unknown, options: FieldOptions) => string | undefined;

const maxNameLength = 63;

const checks: Readonly<Record<string, Check>> = {
  RepoUrlPicker: repoUrlProblem,
  EntityNamePicker: nameProblem,
  EntityTagsPicker: tagsProblem,
};

/** What is wrong with the answer to a field of `ui:field`, beyond its schema; undefined when it is fine or missing. */
export function fieldProblem(field: string, value: unknown, options: FieldOptions): string | undefined {
  if (value === undefined || value === '') return undefined;
  return checks[field]?.(value, options);
}

function nameProblem(value: unknown): string | undefined {
  const name = String(value);
  if (name.length > maxNameLength) return `A name has at most ${maxNameLength} characters.`;
  if (/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(name)) return undefined;
  return 'A name has letters, digits, dashes, underscores and dots, and begins and ends with a letter or digit.';
}

function tagsProblem(value: unknown): string | undefined {
  const bad = [value]
    .flat()
    .map(String)
    .find(
      (tag) =>
        !/^[a-z0-9+#]+(-[a-z0-9+#]+)*(:[a-z0-9+#]+(-[a-z0-9+#]+)*)*$/.test(tag) || tag.length > maxNameLength,
    );
  return bad === undefined
    ? undefined
    : `“${bad}” is no tag: tags have small letters, digits, + and #, parted by single dashes or colons.`;
}

const partWords: Readonly<Record<RepoPartName, string>> = {
  organization: 'organization',
  workspace: 'workspace',
  project: 'project',
  owner: 'owner',
  repo: 'repository',
};

const allowedOptions = {
  organization: 'allowedOrganizations',
  project: 'allowedProjects',
  owner: 'allowedOwners',
  repo: 'allowedRepos',
} as const;

function repoUrlProblem(value: unknown, options: FieldOptions): string | undefined {
  const url = readRepoUrl(value);
  if (url === undefined) return 'This is no address of a repository.';
  const { host, parts } = url;
  const hosts = textsOption(options, 'allowedHosts');
  if (hosts.length > 0 && !hosts.includes(host)) return `Choose one of the hosts ${hosts.join(', ')}.`;
  const missing = partsOfHost(host, undefined).filter((name) => parts[name] === undefined);
  if (missing.length > 0) return `Fill in the ${missing.map((name) => partWords[name]).join(' and the ')}.`;
  for (const name of ['organization', 'project', 'owner', 'repo'] as const) {
    const allowed = textsOption(options, allowedOptions[name]);
    const given = parts[name];
    if (given !== undefined && allowed.length > 0 && !allowed.includes(given)) {
      return `The ${partWords[name]} must be ${allowed.join(' or ')}.`;
    }
  }
  if (/^[\w.-]+$/.test(parts.repo ?? '')) return undefined;
  return 'The name of a repository has letters, digits, dashes, underscores and dots.';
}
