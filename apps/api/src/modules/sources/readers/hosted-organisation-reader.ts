import { createHash } from 'node:crypto';
import type { OrganisationSettings } from '../hosts/host-settings.ts';
import type { HostedGit } from '../hosts/hosted-git.ts';
import { describeOrganisation, type GeneratedDescriptor } from '../hosts/organisation-descriptors.ts';
import { fileProblem, type SourceReader } from './source-reader.ts';

export interface HostedOrganisationReaderOptions {
  git: HostedGit;
  flavour: 'github' | 'gitlab';
  settings: OrganisationSettings;
}

/**
 * Reads people and teams of an organisation as descriptors: one generated file for each, so that validation,
 * conflicts and history are those of everything else.
 */
export function createHostedOrganisationReader(options: HostedOrganisationReaderOptions): SourceReader {
  const { git, flavour, settings } = options;
  let descriptors = new Map<string, GeneratedDescriptor>();
  return {
    async list(knownRevision, signal) {
      const found = await git.organisation(settings.organisation, signal);
      const described = describeOrganisation(flavour, settings, found);
      descriptors = new Map(described.map((descriptor) => [descriptor.path, descriptor]));
      const files = [...descriptors.values()].map(({ path, text }) => ({ path, contentId: digest(text) }));
      const isComplete = found.people.isComplete && found.teams.isComplete;
      const skipped = found.people.skipped + found.teams.skipped;
      const revision = digest(JSON.stringify([files, isComplete, skipped]));
      if (revision === knownRevision) return undefined;
      return { revision, files, isComplete, problems: isComplete ? [] : [incomplete(skipped)] };
    },

    async *read(files) {
      for (const { path } of files) {
        yield { path, bytes: Buffer.from(descriptors.get(path)?.text ?? '') };
      }
    },

    // Generated descriptors hold no Location.
    resolveTarget: async () => ({ files: [] }),

    annotationsFor(path) {
      const location = `url:${descriptors.get(path)?.location ?? `https://${settings.host}`}`;
      return {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
      };
    },
  };
}

function incomplete(skipped: number) {
  return fileProblem(
    '.',
    'organisation.incomplete',
    `The host describes ${skipped} people or teams in a way that cannot be understood, or hides some.`,
    'Nothing is removed while the list is not complete. Check what the token may see.',
    'warning',
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
