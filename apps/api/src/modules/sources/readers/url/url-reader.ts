import { createHash } from 'node:crypto';
import { HostPausedError } from '../../hosts/hosted-git.ts';
import { SourceReadError, type SourceListing, type SourceReader } from '../source-reader.ts';
import { resolveUrl } from './resolve-url.ts';
import type { UrlFiles } from './url-files.ts';

/** Path of the Location that stands for a registered URL; it is made here and lies in no file. */
export const REGISTERED_LOCATION = '(location)';

/** Name of the Location entity that Backstage derives from a registered location. */
export function locationEntityName(type: string, target: string): string {
  return `generated-${createHash('sha1').update(`${type}:${target}`).digest('hex')}`;
}

/**
 * Reads what one URL names: a file, or files that match a pattern. The source begins with a Location entity for the
 * URL itself, as in Backstage; everything else hangs on it and on the Locations that it leads to.
 */
export function createUrlReader(target: string, urlFiles: UrlFiles): SourceReader {
  const location = Buffer.from(locationYaml(target));
  const locationId = createHash('sha256').update(location).digest('hex');
  return {
    async list(_knownRevision, signal): Promise<SourceListing> {
      const resolved = resolveUrl(target, target, urlFiles.integrations);
      const found = 'url' in resolved ? await urlFiles.find(resolved.url, signal) : resolved;
      if (!('files' in found)) {
        if (found.pausedUntil) throw new HostPausedError(found.message, found.pausedUntil);
        throw new SourceReadError(
          found.code ?? `url.${found.reason ?? 'missing'}`,
          found.message,
          found.hint,
        );
      }
      const files = [{ path: REGISTERED_LOCATION, contentId: locationId }, ...found.files];
      const revision = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
      return { revision, files, isComplete: true, problems: [] };
    },

    async *read(files) {
      yield* files.map(({ path }) => ({ path, bytes: location }));
    },

    async resolveTarget(_fromPath, url, signal) {
      const resolved = resolveUrl(url, target, urlFiles.integrations);
      return 'url' in resolved ? urlFiles.find(resolved.url, signal) : resolved;
    },

    annotationsFor: () => ({
      ...urlFiles.annotationsFor(target),
      'backstage.io/managed-by-origin-location': `url:${target}`,
    }),
  };
}

/** JSON text is YAML text, whatever characters the target has. */
function locationYaml(target: string): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Location',
    'metadata:',
    `  name: ${locationEntityName('url', target)}`,
    'spec:',
    '  type: url',
    `  target: ${JSON.stringify(target)}`,
    '  presence: required',
    '',
  ].join('\n');
}
