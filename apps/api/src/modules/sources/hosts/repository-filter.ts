import { compilePattern } from '../../../platform/linear-pattern.ts';
import type { HostedRepository } from './hosted-git.ts';
import type { RepositoryFilter } from './host-settings.ts';

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
  const expression = compilePattern(pattern);
  return type === 'github'
    ? (fullName) => expression.testExact(fullName.slice(fullName.indexOf('/') + 1))
    : (fullName) => expression.test(fullName);
}
