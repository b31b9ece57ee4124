import {
  encodePath,
  hasDotSegment,
  type Integration,
  type Integrations,
} from '../../../../platform/outbound/index.ts';

/** A place in a repository of a known host, as a web URL of that host names it. */
export interface RepositoryPlace {
  integration: Integration;
  /** `owner/name`, with GitLab any number of groups. */
  repository: string;
  /** Branch, tag or commit; absent in the URL of a whole repository. */
  ref?: string | undefined;
  /** Without a slash in front; empty for the root. */
  path: string;
}

/** Pages of a host for a file; `tree` is for folders. */
type PageKind = 'blob' | 'edit' | 'tree' | 'raw';

const GITHUB_PAGE = /^([^/]+\/[^/]+?)(?:\.git)?(?:\/(?:blob|tree|raw|edit)\/([^/]+)(?:\/(.*))?)?$/;
/** A page of the portal, or what git clones. */
const OWN_PAGE =
  /^(?:repositories\/([^/]+\/[^/]+)(?:\/(?:blob|tree)\/([^/]+)(?:\/(.*))?)?|git\/([^/]+\/[^/]+)\.git)$/;
const GITLAB_PAGE =
  /^([^/]+(?:\/[^/]+)+?)(?:\.git)?(?:\/(?:-\/)?(?:blob|tree|raw|edit)\/([^/]+)(?:\/(.*))?)?$/;

const PAGES = { github: GITHUB_PAGE, gitlab: GITLAB_PAGE, waymark: OWN_PAGE } as const;

/**
 * What a URL means to the host that it belongs to: undefined for a host that is not known, for a page that is no
 * file, folder or repository, and for a path with dot segments. The ref is the first segment after `blob` or `tree`,
 * as in Backstage: a branch with a slash in its name is written with `%2F`.
 */
export function parseRepositoryUrl(url: string, integrations: Integrations): RepositoryPlace | undefined {
  const integration = integrations.of(url);
  if (!integration) return undefined;
  const { pathname } = new URL(url);
  if (hasDotSegment(pathname)) return undefined;
  const [, page, ref, path = '', cloned] =
    PAGES[integration.kind].exec(pathname.replace(/^\/|\/+$/g, '')) ?? [];
  const repository = page ?? cloned;
  if (repository === undefined) return undefined;
  return {
    integration,
    repository: decodeURIComponent(repository),
    ref: ref === undefined ? undefined : decodeURIComponent(ref),
    path: decodeURIComponent(path),
  };
}

/** The page of the host for a path in the repository of a place. */
export function repositoryUrl(place: RepositoryPlace, page: PageKind, path: string): string {
  const { integration, repository, ref = 'HEAD' } = place;
  const base = `${integration.webUrl}/${encodePath(repository)}${integration.kind === 'gitlab' ? '/-' : ''}`;
  return `${base}/${page}/${encodeURIComponent(ref)}/${encodePath(path)}`;
}

/** Annotations of Backstage for a file that was read by URL, but for the one that names the origin. */
export function urlAnnotations(url: string, integrations: Integrations): Record<string, string> {
  const place = parseRepositoryUrl(url, integrations);
  const isFile = place?.ref !== undefined && place.path !== '';
  // A commit cannot be edited, and this server has no page to edit on.
  const isEditable = isFile && place.integration.kind !== 'waymark' && !/[0-9a-f]{40}/.test(url);
  return {
    'backstage.io/managed-by-location': `url:${url}`,
    'backstage.io/view-url': url,
    ...(isEditable ? { 'backstage.io/edit-url': repositoryUrl(place, 'edit', place.path) } : {}),
    'backstage.io/source-location': `url:${isFile ? folderPage(place) : new URL('.', url).href}`,
  };
}

function folderPage(place: RepositoryPlace): string {
  const end = place.path.lastIndexOf('/');
  const folder = end < 0 ? '' : place.path.slice(0, end + 1);
  return repositoryUrl(place, 'tree', folder);
}
