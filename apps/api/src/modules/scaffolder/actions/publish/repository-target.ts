import { parseRepoUrl, RepoUrlError, type RepositoryHostType } from '@waymark/templating';
import { ActionFailure } from '../action.ts';

/** What kind of host stands behind a name; undefined for one that is not known. */
export type HostLookup = (host: string) => RepositoryHostType | undefined;

/** A repository that an action makes or changes. */
export interface RepositoryTarget {
  host: string;
  owner: string;
  repo: string;
}

/**
 * Reads the value of a RepoUrlPicker for an action that publishes to one kind of host. On GitLab a `project` may stand
 * for the owner.
 *
 * @throws ActionFailure
 */
export function demandRepository(
  repoUrl: string,
  type: RepositoryHostType,
  hosts: HostLookup,
): RepositoryTarget {
  const location = read(repoUrl, hosts);
  const found = hosts(location.host);
  if (found !== type) {
    throw new ActionFailure(
      `The host ${location.host} is of the kind ${String(found)}, and this action publishes to ${type}.`,
      'Choose a repository on another host, or let the template use the action "publish", which looks at the host.',
    );
  }
  const owner = location.owner ?? location.project ?? '';
  return { host: location.host, owner, repo: location.repo ?? '' };
}

/** Which kind of host a value names. @throws ActionFailure */
export function hostTypeOf(repoUrl: string, hosts: HostLookup): RepositoryHostType {
  const { host } = read(repoUrl, hosts);
  const type = hosts(host);
  if (type) return type;
  throw new ActionFailure(`The host ${host} is not known.`, 'Choose another one.');
}

function read(repoUrl: string, hosts: HostLookup) {
  try {
    return parseRepoUrl(repoUrl, hosts);
  } catch (error) {
    if (error instanceof RepoUrlError) throw new ActionFailure(error.message, error.hint, error);
    throw error;
  }
}

/** The repository in words, for a plan. What is wrong with the value is said by the check. */
export function shownRepository(
  repoUrl: string | undefined,
  type: RepositoryHostType,
  hosts: HostLookup,
): string {
  try {
    const { host, owner, repo } = demandRepository(repoUrl ?? '', type, hosts);
    return `${owner}/${repo} on ${host}`;
  } catch {
    return 'that the answers name';
  }
}
