import { catalogSearchString, type CatalogSearch } from './catalog-search.ts';
import { parseRef } from './entities/entity-ref.ts';

/** Sections of an entity's page; the first is the default and not in the address. */
export const entityTabs = ['overview', 'relations', 'definition', 'source'] as const;
export type EntityTab = (typeof entityTabs)[number];

/** Every address of the portal. Nothing else builds one. */
export const paths = {
  home: () => '/',
  catalog: (search: CatalogSearch = {}) => `/catalog${catalogSearchString(search)}`,
  entity: (ref: string, { tab = 'overview', line }: { tab?: EntityTab; line?: number } = {}) => {
    const { kind, namespace, name } = parseRef(ref);
    const path = `/catalog/${[namespace, kind, name].map(encodeURIComponent).join('/')}`;
    return `${path}${tab === 'overview' ? '' : `?tab=${tab}`}${line === undefined ? '' : `#L${line}`}`;
  },
  sources: ({ show }: { show?: 'attention' } = {}) => `/sources${show === undefined ? '' : `?show=${show}`}`,
  source: (id: string, { tab }: { tab?: 'conflicts' } = {}) =>
    `/sources/${encodeURIComponent(id)}${tab === undefined ? '' : `?tab=${tab}`}`,
  settings: () => '/settings',
  help: () => '/help',
  /** Not a page of the portal: the server draws it from the contracts. */
  // eslint-disable-next-line waymark/no-api-url -- a page for people, which no endpoint object describes
  apiReference: () => '/api/docs',
} as const;
