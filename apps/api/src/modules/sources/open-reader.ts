import type { Integrations, OutboundFetch } from '../../platform/outbound/index.ts';
import { createFileReader } from './readers/file-reader.ts';
import { guardedGitSettings } from './readers/git-guard.ts';
import { createGitReader } from './readers/git-reader.ts';
import type { SourceReader } from './readers/source-reader.ts';
import { createUrlFiles } from './readers/url/url-files.ts';
import { createUrlReader } from './readers/url/url-reader.ts';
import { withUrlFiles } from './readers/url/with-url-files.ts';
import type { SourceToRead } from './source-row.repository.ts';

/** What readers need beside the source itself. */
export interface ReaderSettings {
  /** Folder for Git mirrors. */
  home: string;
  maxFiles: number;
  maxFileBytes: number;
  fetch: OutboundFetch;
  integrations: Integrations;
}

/** The reader for a source's type. It follows URLs to elsewhere, whatever its type. */
export function openReader(source: SourceToRead, settings: ReaderSettings): SourceReader {
  const urlFiles = createUrlFiles(settings);
  const { type, target, branch, path } = source;
  const reader =
    type === 'url'
      ? createUrlReader(target, urlFiles)
      : type === 'git'
        ? createGitReader({
            ...{ ...settings, url: target, branch, pattern: path },
            // The operator may name any repository, also one on this machine.
            ...(source.origin === 'api'
              ? { networkSettings: () => guardedGitSettings(target, settings.fetch.hosts) }
              : {}),
          })
        : createFileReader({ ...settings, target, pattern: path });
  return withUrlFiles(reader, urlFiles);
}
