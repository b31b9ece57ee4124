import type { Integrations } from '../../../platform/outbound/index.ts';
import { demandAnswer, guarded } from '../readers/url/host-request.ts';
import type { FetchFrom } from '../hosts/polite-fetch.ts';
import type { RepositoryHosts } from '../readers/url/repository-hosts.ts';
import { parseRepositoryUrl, type RepositoryPlace } from '../readers/url/repository-url.ts';
import { SourceReadError } from '../readers/source-reader.ts';
import {
  CONTENT_BOUNDS,
  demandWithinBounds,
  notThere,
  pathBelow,
  type ContentFolder,
} from './content-folder.ts';

export interface UrlContentOptions {
  fetchFrom: FetchFrom;
  integrations: Integrations;
  hosts: RepositoryHosts;
}

/** The files below the folder of a repository that a URL names, from one archive. */
export async function readUrlFolder(
  url: string,
  { integrations, hosts }: UrlContentOptions,
  signal: AbortSignal,
): Promise<ContentFolder> {
  const place = parseRepositoryUrl(url, integrations);
  if (!place) {
    throw new SourceReadError(
      'content.no-repository',
      `${url} is no folder of a repository on a known host.`,
      'Give the URL of a folder on a host that the configuration has under integrations, such as https://github.com/…/tree/main/skeleton.',
    );
  }
  return readArchivedFolder(place, place.ref ?? 'HEAD', place.path, hosts, signal);
}

/** The same for a repository, a ref and a path that are known already. */
export async function readArchivedFolder(
  { integration, repository }: Pick<RepositoryPlace, 'integration' | 'repository'>,
  ref: string,
  path: string,
  hosts: RepositoryHosts,
  signal: AbortSignal,
): Promise<ContentFolder> {
  const folder = path.replace(/^\/+|\/+$/g, '');
  const commit = (await hosts.apiOf(integration).commitOf({ repository, ref }, signal)) ?? ref;
  const relativeOf = (file: string) =>
    file === folder ? file.slice(file.lastIndexOf('/') + 1) : pathBelow(folder, file);
  const archived = await hosts.readArchive(
    integration,
    { repository, ref: commit },
    { signal, wants: (file, bytes) => relativeOf(file) !== undefined && bytes <= CONTENT_BOUNDS.maxBytes },
  );
  const files = archived.flatMap(({ path: file, content, isExecutable }) => {
    const relative = relativeOf(file);
    return relative === undefined || content === undefined
      ? []
      : [{ path: relative, bytes: content, isExecutable }];
  });
  if (files.length === 0) throw notThere(folder === '' ? repository : folder);
  demandWithinBounds(
    files.length,
    files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  return { revision: commit, files };
}

/** The bytes of one file, by URL: of a repository on a known host, or of any host that may be read. */
export async function readUrlFile(
  url: string,
  { integrations, hosts, fetchFrom }: UrlContentOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const place = parseRepositoryUrl(url, integrations);
  const { host } = new URL(url);
  const answer =
    place?.ref === undefined || place.path === ''
      ? await guarded(() => fetchFrom(host)(url, { signal }))
      : await hosts.apiOf(place.integration).openFile({ ...place, ref: place.ref }, undefined, signal);
  if (answer.status === 404) throw notThere(url);
  await demandAnswer(answer, host);
  return new Uint8Array(await answer.arrayBuffer());
}
