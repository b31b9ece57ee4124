import type { OwnershipCheck } from '@waymark/contracts';
import { catalogSearchString, type CatalogSearch } from './catalog-search.ts';
import { parseRef } from './entities/entity-ref.ts';
import { graphSearchString, type GraphSearch } from './graph/graph-search.ts';
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
  settings: () => '/settings',
  help: () => '/help',
  /** Not a page of the portal: the server draws it from the contracts. */
  // eslint-disable-next-line waymark/no-api-url -- a page for people, which no endpoint object describes
  apiReference: () => '/api/docs',
} as const;
