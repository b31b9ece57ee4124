import type { Integrations, OutboundFetch } from '../../platform/outbound/index.ts';
import type { RepositoryReading } from '../repositories/index.ts';
import type { HostOpener } from './hosts/host-opener.ts';
import type { FetchFrom } from './hosts/polite-fetch.ts';
import { createFileReader } from './readers/file-reader.ts';
import { guardedGitSettings } from './readers/git-guard.ts';
import { createGitReader } from './readers/git-reader.ts';
import { openHostedReader } from './readers/hosted-reader.ts';
import type { SourceReader } from './readers/source-reader.ts';
import { createUrlFiles, type UrlFiles } from './readers/url/url-files.ts';
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
  /** The same for single hosts, which may have asked to be left alone. */
  fetchFrom: FetchFrom;
  integrations: Integrations;
  openHost: HostOpener;
  /** Repositories of this server itself. */
  kept: RepositoryReading;
}

/** The reader for a source's type. It follows URLs to elsewhere, whatever its type. */
export function openReader(source: SourceToRead, settings: ReaderSettings): SourceReader {
  const urlFiles = createUrlFiles(settings);
  return withUrlFiles(openOwnReader(source, settings, urlFiles), urlFiles);
}

function openOwnReader(source: SourceToRead, settings: ReaderSettings, urlFiles: UrlFiles): SourceReader {
  const { type, target, branch, path } = source;
  switch (type) {
    case 'url':
      return createUrlReader(target, urlFiles);
    case 'file':
      return createFileReader({ ...settings, target, pattern: path });
    case 'git':
      return createGitReader({
        ...{ ...settings, url: target, branch, pattern: path },
        // The operator may name any repository, also one on this machine.
        ...(source.origin === 'api'
          ? { networkSettings: () => guardedGitSettings(target, settings.fetch.hosts) }
          : {}),
      });
    default:
      return openHostedReader(source, settings);
  }
}
