import type { HostedRepository } from './hosted-git.ts';
import type { RepositoryFilter } from './host-settings.ts';

/** A name that is longer is not given to a pattern: even a bad one ends soon on a short text. */
const MAX_NAME_LENGTH = 300;

/** Decides which of the repositories that a host lists are read. */
export function createRepositoryFilter(
  type: 'github' | 'gitlab',
  filter: RepositoryFilter,
): (repository: HostedRepository) => boolean {
  const { topics, visibility } = filter;
  const matchesName = createNameFilter(type, filter.pattern);
  const excluded = new Set(filter.excluded.map((name) => name.toLowerCase()));
  return (repository) =>
    !repository.isEmpty &&
    (filter.allowsArchived || !repository.isArchived) &&
    (filter.allowsForks || !repository.isFork) &&
    (visibility === undefined || visibility.includes(repository.visibility)) &&
    !excluded.has(repository.fullName.toLowerCase()) &&
    (topics.include.length === 0 || topics.include.some((topic) => repository.topics.includes(topic))) &&
    (filter.requiredTopics ?? []).every((topic) => repository.topics.includes(topic)) &&
    !topics.exclude.some((topic) => repository.topics.includes(topic)) &&
    matchesName(repository.fullName);
}

/** As in Backstage: GitHub's pattern is for the whole name without the organisation, GitLab's for a part of the path. */
function createNameFilter(
  type: 'github' | 'gitlab',
  pattern: string | undefined,
): (fullName: string) => boolean {
  if (pattern === undefined) return () => true;
  // eslint-disable-next-line waymark/no-dynamic-pattern -- the operator's own, as in Backstage; names are bounded
  const expression = new RegExp(type === 'github' ? `^(?:${pattern.replace(/^\^|\$$/g, '')})$` : pattern);
  return (fullName) => {
    const name = type === 'github' ? fullName.slice(fullName.indexOf('/') + 1) : fullName;
    return name.length <= MAX_NAME_LENGTH && expression.test(name);
  };
}
