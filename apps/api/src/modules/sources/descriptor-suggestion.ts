import type { RepositoryDescription } from './readers/url/host-api.ts';

/** What is known of a repository that has no descriptor yet. */
export interface SuggestionInput {
  /** Where the host has it; unknown of a repository on a server that has no API to ask. */
  project?: { kind: 'github' | 'gitlab'; repository: string };
  description: Pick<RepositoryDescription, 'name'> & Partial<RepositoryDescription>;
  /** Canonical ref of a group of the catalog, where the repository names one. */
  owner: string | undefined;
}

/** A field of a suggested descriptor, in the words of Backstage's protocol. */
export interface SuggestedField {
  field: string;
  state: 'analysisSuggestedValue' | 'analysisSuggestedNoValue' | 'needsUserInput';
  value: string | null;
  description: string;
}

/** A descriptor to commit, as text and as what it says. */
export interface DescriptorSuggestion {
  text: string;
  entity: {
    apiVersion: string;
    kind: string;
    metadata: { name: string; description?: string; annotations?: Record<string, string> };
    spec: { type: string; lifecycle: string; owner?: string };
  };
  fields: SuggestedField[];
}

const MAX_NAME_LENGTH = 63;
/** Repositories in these languages are programs that run in a browser more often than not. */
const WEB_LANGUAGES = new Set(['HTML', 'CSS', 'SCSS', 'Vue', 'Svelte', 'Astro']);

/** Makes a descriptor from what a host says of a repository; what it cannot know is left to fill in. */
export function suggestDescriptor({ project, description, owner }: SuggestionInput): DescriptorSuggestion {
  const about = description.description?.replace(/\s+/g, ' ').trim();
  const entity = {
    ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component' },
    metadata: {
      name: entityName(description.name),
      ...(about === undefined || about === '' ? {} : { description: about }),
      ...(project && { annotations: { [`${project.kind}.com/project-slug`]: project.repository } }),
    },
    spec: {
      type: WEB_LANGUAGES.has(description.language ?? '') ? 'website' : 'service',
      lifecycle: description.isArchived ? 'deprecated' : 'production',
      ...(owner === undefined ? {} : { owner }),
    },
  };
  return { entity, text: yamlOf(entity), fields: fieldsOf(entity) };
}

/** A valid name that looks like the given one: what is not allowed becomes a dash. */
function entityName(name: string): string {
  const cleaned = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return cleaned === '' ? 'component' : cleaned;
}

/** JSON text is YAML text: nothing that a repository says of itself can break out of its place. */
function yamlOf({ apiVersion, kind, metadata, spec }: DescriptorSuggestion['entity']): string {
  const annotations = Object.entries(metadata.annotations ?? {});
  return [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    'metadata:',
    `  name: ${JSON.stringify(metadata.name)}`,
    ...(metadata.description === undefined ? [] : [`  description: ${JSON.stringify(metadata.description)}`]),
    ...(annotations.length > 0 ? ['  annotations:'] : []),
    ...annotations.map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
    'spec:',
    `  type: ${spec.type}`,
    `  lifecycle: ${spec.lifecycle}`,
    spec.owner === undefined
      ? '  owner: # the team that owns it, for example team-a'
      : `  owner: ${spec.owner}`,
    '',
  ].join('\n');
}

function fieldsOf({ metadata, spec }: DescriptorSuggestion['entity']): SuggestedField[] {
  const suggested = (field: string, value: string, description: string): SuggestedField => ({
    ...{ field, state: 'analysisSuggestedValue', value, description },
  });
  return [
    suggested('metadata.name', metadata.name, 'The name of the repository.'),
    suggested('spec.type', spec.type, 'Guessed from the main language of the repository.'),
    suggested('spec.lifecycle', spec.lifecycle, 'Whether the repository is archived.'),
    spec.owner === undefined
      ? {
          ...{ field: 'spec.owner', state: 'needsUserInput', value: null },
          description: 'The team that owns it; no owner of the whole repository is a group of the catalog.',
        }
      : suggested('spec.owner', spec.owner, 'The owner in CODEOWNERS, who is a group of the catalog.'),
  ];
}

/** The name of a repository as the last part of its URL says it. */
export function repositoryName(target: string): string {
  const path = target.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1).replace(/\.git$/, '');
}

/** Names of the teams that a CODEOWNERS file gives the whole repository to, the strongest first. */
export function codeOwnerTeams(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  // The last pattern that matches wins.
  const owners = lines
    .findLast(([pattern]) => pattern === '*' || pattern === '/**' || pattern === '**')
    ?.slice(1);
  return (owners ?? []).flatMap((owner) => {
    const team = /^@[^/\s]+\/(.+)$/.exec(owner)?.[1];
    return team === undefined ? [] : [team.split('/').at(-1) ?? team];
  });
}
