import type { Source } from '@waymark/contracts';

/** What kind of place a source is, in a word or two. */
export const sourceTypeWords: Record<Source['type'], string> = {
  file: 'Folder or file',
  git: 'Git repository',
  url: 'File by URL',
  'github-discovery': 'GitHub discovery',
  'gitlab-discovery': 'GitLab discovery',
  github: 'GitHub repository',
  gitlab: 'GitLab repository',
  'github-org': 'GitHub teams and people',
  'gitlab-org': 'GitLab groups and people',
};

/** Who declared a source, in words. */
export function originWords({ origin, createdBy }: Pick<Source, 'origin' | 'createdBy'>): string {
  switch (origin) {
    case 'config':
      return 'The configuration';
    case 'demo':
      return 'The demo';
    case 'discovery':
      return 'A discovery';
    case 'api':
      return createdBy === undefined ? 'A person' : createdBy.replace(/^user:(?:default\/)?/, '');
  }
}

/** Finds the repositories of an organisation or group; its repositories are sources of their own. */
export function isDiscovery({ type }: Pick<Source, 'type'>): boolean {
  return type === 'github-discovery' || type === 'gitlab-discovery';
}

/** Only what a person registered can be changed or removed here: the rest would come back. */
export function isRegistered({ origin }: Pick<Source, 'origin'>): boolean {
  return origin === 'api';
}
