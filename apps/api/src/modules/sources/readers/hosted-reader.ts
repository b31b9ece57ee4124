import type { HostOpener } from '../hosts/host-opener.ts';
import { organisationSettingsSchema, repositorySettingsSchema } from '../hosts/host-settings.ts';
import type { SourceToRead } from '../source-row.repository.ts';
import { createHostedGitReader } from './hosted-git-reader.ts';
import { createHostedOrganisationReader } from './hosted-organisation-reader.ts';
import { SourceReadError, type SourceReader } from './source-reader.ts';

/** The reader for a source that lies on GitHub or GitLab. */
export function openHostedReader(
  source: SourceToRead,
  { openHost, ...limits }: { openHost: HostOpener; maxFiles: number; maxFileBytes: number },
): SourceReader {
  const { id, type, target, path } = source;
  if (type === 'github-org' || type === 'gitlab-org') {
    const settings = organisationSettingsSchema.parse(source.settings);
    const { git, integration } = openHost({ id, type }, settings.host);
    return createHostedOrganisationReader({ git, flavour: integration.kind, settings });
  }
  if (type !== 'github' && type !== 'gitlab') {
    throw new SourceReadError(
      'source.unknown-type',
      `Sources of type ${type} cannot be read.`,
      'Use the same version of the server for all its processes.',
    );
  }
  const { host, repositoryId, fullName, branch } = repositorySettingsSchema.parse(source.settings);
  return createHostedGitReader({
    ...limits,
    git: openHost({ id, type }, host).git,
    repository: { id: repositoryId, fullName },
    flavour: type,
    webUrl: target,
    branch,
    pattern: path ?? 'catalog-info.yaml',
  });
}
