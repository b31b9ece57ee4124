import type { System } from '../organisation/model.ts';
import { repositoryAnnotations } from './component-tools.ts';
import type { Descriptor } from './descriptor.ts';
import { demoLabels } from './software-descriptors.ts';

/** A descriptor file of its own in a system's repository. */
export interface PlatformFile {
  path: string;
  descriptor: Descriptor;
}

const platformSystem = 'developer-platform';

/** What the pilot teams describe in ways that came with the platform: manifests, and what their assistants use. */
export function platformFiles(system: System): readonly PlatformFile[] {
  if (system.name !== platformSystem) return [];
  return [
    { path: 'services/release-notes/catalog-info.yaml', descriptor: releaseNotes(system) },
    { path: 'assistants/platform-tools/catalog-info.yaml', descriptor: platformTools(system) },
    { path: 'assistants/incident-review/catalog-info.yaml', descriptor: incidentReview(system) },
  ];
}

function metadata(system: System, name: string, title: string, description: string): Descriptor['metadata'] {
  const annotations = repositoryAnnotations(system.name);
  return { name, title, description, labels: demoLabels, annotations, tags: ['pilot'] };
}

function releaseNotes(system: System): Descriptor {
  return {
    apiVersion: 'internal.platform/v1',
    kind: 'Service',
    metadata: metadata(
      system,
      'release-notes',
      'Release Notes',
      'Collects what each deployment brought and tells those who asked.',
    ),
    spec: {
      runtime: 'nodejs24',
      environment: 'production',
      database: { type: 'postgres', plan: 'small' },
      observability: { traces: true, logs: true },
      owner: system.owner,
      system: system.name,
      consumesApis: ['deployments-api'],
    },
  };
}

function platformTools(system: System): Descriptor {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: metadata(
      system,
      'platform-tools',
      'Platform Tools',
      'What assistants may ask the platform and do with it.',
    ),
    spec: {
      type: 'mcp-server',
      lifecycle: 'experimental',
      owner: system.owner,
      system: system.name,
      remotes: [{ type: 'streamable-http', url: 'https://tools.ferrowick.example.com/mcp' }],
    },
  };
}

function incidentReview(system: System): Descriptor {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'AiResource',
    metadata: metadata(
      system,
      'incident-review',
      'Incident Review',
      'Teaches an assistant to write the timeline of an incident from its room and its deployments.',
    ),
    spec: {
      type: 'skill',
      lifecycle: 'experimental',
      owner: system.owner,
      system: system.name,
      allowedTools: 'platform-tools',
      license: 'Apache-2.0',
      compatibility: 'Any assistant that speaks MCP.',
    },
  };
}
