import { isUrlPath, type FileContent, type ListedFile, type SourceReader } from '../source-reader.ts';
import { resolveUrl } from './resolve-url.ts';
import type { UrlFiles } from './url-files.ts';

/**
 * The same reader, for sources whose Locations and placeholders may name URLs elsewhere. Files by URL have their URL
 * as path; what they point at is resolved by the rules for URLs, everything else by the reader itself.
 */
export function withUrlFiles(reader: SourceReader, urlFiles: UrlFiles): SourceReader {
  const find = async (target: string, base: string, signal: AbortSignal) => {
    const resolved = resolveUrl(target, base, urlFiles.integrations);
    return 'url' in resolved ? urlFiles.find(resolved.url, signal) : resolved;
  };
  const changesSince = reader.changesSince?.bind(reader);
  return {
    // Files elsewhere have a history of their own, which nobody here knows.
    ...(changesSince
      ? {
          changesSince: (since, paths, signal) =>
            changesSince(
              since,
              paths.filter((path) => !isUrlPath(path)),
              signal,
            ),
        }
      : {}),

    list: (knownRevision, signal) => reader.list(knownRevision, signal),

    async *read(files, signal) {
      const [remote, own] = partition(files);
      if (own.length > 0) yield* reader.read(own, signal);
      if (remote.length > 0) yield* urlFiles.read(remote, signal) satisfies AsyncIterable<FileContent>;
    },

    resolveTarget(fromPath, target, signal) {
      if (isUrlPath(fromPath)) return find(target, fromPath, signal);
      return isUrlPath(target)
        ? find(target, target, signal)
        : reader.resolveTarget(fromPath, target, signal);
    },

    async resolveReference(fromPath, target, signal) {
      if (isUrlPath(fromPath)) return find(target, fromPath, signal);
      if (isUrlPath(target)) return find(target, target, signal);
      if (reader.resolveReference && !URL.canParse(target)) {
        return reader.resolveReference(fromPath, target, signal);
      }
      return {
        reason: 'refused',
        message: `"${target}" is no https URL, and files of this source cannot name each other.`,
        hint: 'Give the full https URL of the file, or put the descriptor into a Git repository and name the file there.',
      };
    },

    annotationsFor(path) {
      if (!isUrlPath(path)) return reader.annotationsFor(path);
      return {
        ...urlFiles.annotationsFor(path),
        ...pick(reader.annotationsFor(path), 'backstage.io/managed-by-origin-location'),
      };
    },

    remember(contentIds) {
      urlFiles.remember(contentIds);
      reader.remember?.(contentIds);
    },
  };
}

function pick(annotations: Record<string, string>, name: string): Record<string, string> {
  const value = annotations[name];
  return value === undefined ? {} : { [name]: value };
}

function partition(files: readonly ListedFile[]): [remote: ListedFile[], own: ListedFile[]] {
  return [files.filter(({ path }) => isUrlPath(path)), files.filter(({ path }) => !isUrlPath(path))];
}
