import type { OwnershipCheck } from '@waymark/contracts';
import { catalogSearchString, type CatalogSearch } from './catalog-search.ts';
import { parseRef } from './entities/entity-ref.ts';
import { graphSearchString, type GraphSearch } from './graph/graph-search.ts';
import { runsSearchString, type RunsSearch } from './scaffolder/runs-search.ts';
import { gallerySearchString, type GallerySearch } from './scaffolder/gallery-search.ts';
import { searchAddressString, type SearchAddress } from './search/search-address.ts';
import { sourcesSearchString, type SourcesSearch } from './sources/sources-search.ts';

/** Sections of an entity's page; the first is the default and not in the address. */
export const entityTabs = ['overview', 'dependencies', 'api', 'history', 'source'] as const;
export type EntityTab = (typeof entityTabs)[number];

/** What an entity's page is opened at. */
export interface EntityPlace {
  tab?: EntityTab;
  line?: number;
  /** The instant to show it at; without it, now. */
  asOf?: string | undefined;
  /** How its dependencies are looked at. */
  graph?: GraphSearch;
}

/** What names a repository. */
interface RepositoryName {
  owner: string;
  name: string;
}

function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Every address of the portal. Nothing else builds one. */
export const paths = {
  home: () => '/',
  catalog: (search: CatalogSearch = {}) => `/catalog${catalogSearchString(search)}`,
  entity: (ref: string, { tab = 'overview', line, asOf, graph }: EntityPlace = {}) => {
    const { kind, namespace, name } = parseRef(ref);
    const path = `/catalog/${[namespace, kind, name].map(encodeURIComponent).join('/')}`;
    const search = new URLSearchParams({
      ...(tab !== 'overview' && { tab }),
      ...(asOf !== undefined && { asOf }),
    }).toString();
    const address = search === '' ? path : `${path}?${search}`;
    if (graph !== undefined) return graphSearchString(address, graph);
    return line === undefined ? address : `${address}#L${line}`;
  },
  graph: (search: GraphSearch = {}) => `/graph${graphSearchString(search)}`,
  search: (search: SearchAddress = {}) => `/search${searchAddressString(search)}`,
  /** Why something is, or is not, in the catalog. */
  why: (ref?: string) => `/why${ref === undefined ? '' : `?${new URLSearchParams({ ref }).toString()}`}`,
  teams: () => '/teams',
  ownership: ({ check }: { check?: OwnershipCheck } = {}) =>
    `/ownership${check === undefined ? '' : `?check=${check}`}`,
  register: ({ target }: { target?: string } = {}) =>
    `/register${target === undefined ? '' : `?target=${encodeURIComponent(target)}`}`,
  sources: (search: SourcesSearch = {}) => `/sources${sourcesSearchString(search)}`,
  source: (id: string, { tab }: { tab?: 'problems' | 'conflicts' } = {}) =>
    `/sources/${encodeURIComponent(id)}${tab === undefined ? '' : `?tab=${tab}`}`,
  /** The templates to create from. */
  create: (search: GallerySearch = {}) => `/create${gallerySearchString(search)}`,
  /** The form of a template. */
  createFrom: (templateRef: string) => {
    const { namespace, name } = parseRef(templateRef, { kind: 'template' });
    return `/create/${[namespace, name].map(encodeURIComponent).join('/')}`;
  },
  repositories: () => '/repositories',
  repository: ({ owner, name }: RepositoryName) =>
    `/repositories/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`,
  repositoryTree: (repository: RepositoryName, ref: string, path: string): string =>
    `${paths.repository(repository)}/tree/${encodeURIComponent(ref)}${path === '' ? '' : `/${encodedPath(path)}`}`,
  repositoryFile: (repository: RepositoryName, ref: string, path: string): string =>
    `${paths.repository(repository)}/blob/${encodeURIComponent(ref)}/${encodedPath(path)}`,
  repositoryCommits: (repository: RepositoryName, ref?: string): string =>
    `${paths.repository(repository)}/commits${ref === undefined ? '' : `/${encodeURIComponent(ref)}`}`,
  /** The form of a template, filled in with the answers of a run. */
  templateForm: (ref: string, values: Readonly<Record<string, unknown>> = {}) => {
    const { namespace, name } = parseRef(ref);
    const path = `/create/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
    if (Object.keys(values).length === 0) return path;
    return `${path}?${new URLSearchParams({ formData: JSON.stringify(values) }).toString()}`;
  },
  runs: (search: RunsSearch = {}) => `/create/runs${runsSearchString(search)}`,
  run: (id: string) => `/create/runs/${encodeURIComponent(id)}`,
  /** What the steps of templates may do; opened at one of the actions. */
  templateActions: (id?: string) => `/create/actions${id === undefined ? '' : `#${encodeURIComponent(id)}`}`,
  /** Where templates are written: a small one to begin with, or one of the catalog. */
  templateEditor: (templateRef?: string) => {
    if (templateRef === undefined) return '/create/editor';
    const { namespace, name } = parseRef(templateRef, { kind: 'template' });
    return `/create/editor/${[namespace, name].map(encodeURIComponent).join('/')}`;
  },
  /** What one is told: all of it, or what is unread. */
  notifications: ({ show }: { show?: 'unread' } = {}) =>
    `/notifications${show === undefined ? '' : `?show=${show}`}`,
  settings: () => '/settings',
  help: () => '/help',
  /** Not a page of the portal: the server draws it from the contracts. */
  // eslint-disable-next-line waymark/no-api-url -- a page for people, which no endpoint object describes
  apiReference: () => '/api/docs',
} as const;
