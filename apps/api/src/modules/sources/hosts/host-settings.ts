import { z } from 'zod';

/** Which of an organisation's repositories are read; see `repository-filter.ts`. */
export const repositoryFilterSchema = z.object({
  /** Regular expression over the whole name (GitHub), or over any part of the full path (GitLab). */
  pattern: z.string().max(500).optional(),
  excluded: z.array(z.string()).default([]),
  topics: z
    .object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) })
    .prefault({}),
  /** Of which a repository has all. */
  requiredTopics: z.array(z.string()).optional(),
  visibility: z.array(z.enum(['public', 'internal', 'private'])).optional(),
  allowsForks: z.boolean(),
  allowsArchived: z.boolean(),
});
export type RepositoryFilter = z.output<typeof repositoryFilterSchema>;

/** Settings of a `github-discovery` or `gitlab-discovery`. */
export const discoverySettingsSchema = z.object({
  host: z.string(),
  /** Organisation, or path of a group; on GitLab empty for all projects that the token is a member of. */
  organisation: z.string(),
  /** Read instead of the default branch. */
  branch: z.string().optional(),
  /** Read where a repository has no default branch. */
  fallbackBranch: z.string().optional(),
  path: z.string(),
  filter: repositoryFilterSchema,
});
export type DiscoverySettings = z.output<typeof discoverySettingsSchema>;

/** Settings of a repository that a discovery has found. */
export const repositorySettingsSchema = z.object({
  host: z.string(),
  repositoryId: z.string(),
  fullName: z.string(),
  /** The branch that is read, by name. */
  branch: z.string(),
  /** Stands for what the host last told of the repository: another one means that it is read again. */
  mark: z.string(),
  /** Identity of what decides over its files when it was last looked at; see `createSourceFingerprint`. */
  fingerprint: z.string(),
});
export type RepositorySettings = z.output<typeof repositorySettingsSchema>;

/** Settings of a `github-org` or `gitlab-org`. */
export const organisationSettingsSchema = z.object({
  host: z.string(),
  organisation: z.string(),
  /** Namespace of the groups. */
  namespace: z.string().optional(),
  /** Regular expressions; see `organisation-descriptors.ts`. */
  groupPatterns: z.array(z.string().max(500)).default([]),
  personPattern: z.string().max(500).optional(),
});
export type OrganisationSettings = z.output<typeof organisationSettingsSchema>;
