import { getEntityByName, getEntityFacets, getGraph, queryEntities, searchQuery } from '@waymark/contracts';
import type { CatalogSample } from '../catalog-generator/sample.ts';
import type { ReplyKind } from './reply-check.ts';
import { requestPath } from '../support/server-client.ts';

/** The questions that are measured, in the order of measuring. */
export const workloadNames = [
  'by-query',
  'owned-by',
  'full-text',
  'by-name',
  'facets',
  'search',
  'graph',
] as const;

/** One of {@link workloadNames}. */
export type WorkloadName = (typeof workloadNames)[number];

/** Requests that are sent in turn, all different, so that no cache of replies could hide what they cost. */
export interface Workload {
  name: WorkloadName;
  paths: readonly string[];
  /** What a good answer to them looks like. */
  replyKind: ReplyKind;
}

/** A list that can be asked for page by page. */
export interface FilteredList {
  filter: string;
  totalItems: number;
}

/** Different requests of each workload, as far as the catalog has enough to ask for. */
export const rotationSize = 500;

const PAGE_SIZE = 20;
const SEARCH_PAGE_SIZE = 10;
const GRAPH_DEPTH = 2;
const GRAPH_NODES = 100;
const BY_NAME = 'metadata.name,asc';
const TEXT_FIELDS = 'metadata.name,metadata.title,metadata.description';
const FACETS = ['spec.type', 'relations.ownedBy'];

/** Each kind and type of the sample, once. */
export function kindTypeFilters({ kindTypes }: CatalogSample): string[] {
  return [...new Set(kindTypes.map(({ kind, type }) => `kind=${kind.toLowerCase()},spec.type=${type}`))];
}

/** Everything that a group owns, for each owner of the sample. */
export function ownedByFilters({ owners }: CatalogSample): string[] {
  return owners.map((owner) => `relations.ownedBy=${groupRef(owner)}`);
}

/** Pages of lists, ordered by name. */
export function pagePaths(lists: readonly FilteredList[]): string[] {
  return rotatePages(lists).map(({ filter, offset }) =>
    requestPath(queryEntities, {
      query: { filter, orderField: BY_NAME, limit: PAGE_SIZE, offset: offset === 0 ? undefined : offset },
    }),
  );
}

/**
 * Up to {@link rotationSize} different pages: the first one of every list, then the next one of every list that
 * goes on, and so forth. Pages overlap where there are too few items for that many full ones.
 */
export function rotatePages(lists: readonly FilteredList[]): { filter: string; offset: number }[] {
  const items = lists.reduce((sum, { totalItems }) => sum + totalItems, 0);
  const step = Math.min(PAGE_SIZE, Math.max(1, Math.floor(items / rotationSize)));
  const longest = Math.max(0, ...lists.map(({ totalItems }) => totalItems));
  const pages: { filter: string; offset: number }[] = [];
  for (let offset = 0; offset < longest && pages.length < rotationSize; offset += step) {
    for (const { filter, totalItems } of lists) if (offset < totalItems) pages.push({ filter, offset });
  }
  return pages.slice(0, rotationSize);
}

/** First pages of the entities with a word in name, title or description. */
export function fullTextPaths({ words }: CatalogSample): string[] {
  return words.slice(0, rotationSize).map((word) =>
    requestPath(queryEntities, {
      query: {
        fullTextFilterTerm: word,
        fullTextFilterFields: TEXT_FIELDS,
        orderField: BY_NAME,
        limit: PAGE_SIZE,
      },
    }),
  );
}

/** Single entities. */
export function byNamePaths({ components }: CatalogSample): string[] {
  return components
    .slice(0, rotationSize)
    .map((name) =>
      requestPath(getEntityByName, { params: { kind: 'component', namespace: 'default', name }, query: {} }),
    );
}

/**
 * What people type into a search: beginnings of names, two words, words of descriptions, and names with two
 * letters swapped, in equal parts.
 */
export function searchPaths({ components, words }: CatalogSample): string[] {
  const terms = components.map((name, index) => {
    const [first = '', second = '', number = ''] = name.split('-');
    switch (index % 4) {
      case 0:
        return name.slice(0, -1);
      case 1:
        return `${second} ${number}`;
      case 2:
        return words[index % words.length] ?? first;
      default:
        return `${swapped(first)} ${number}`;
    }
  });
  const different = [...new Set(terms)];
  return different
    .slice(0, rotationSize)
    .map((term) => requestPath(searchQuery, { query: { term, pageLimit: SEARCH_PAGE_SIZE } }));
}

/** A common typo: two letters in the wrong order. */
function swapped(word: string): string {
  const middle = word.length >>> 1;
  return `${word.slice(0, middle - 1)}${word[middle] ?? ''}${word[middle - 1] ?? ''}${word.slice(middle + 1)}`;
}

/** The neighbourhoods of components, as the portal draws them. */
export function graphPaths({ components }: CatalogSample): string[] {
  return components.slice(0, rotationSize).map((name) =>
    requestPath(getGraph, {
      query: { root: `component:default/${name}`, depth: GRAPH_DEPTH, limit: GRAPH_NODES },
    }),
  );
}

/** Steps through the owners, prime to most of their numbers: each turn brings other ones together. */
const OWNER_STRIDES = [7, 31];

/** Facets of what the portal's catalog page shows: a kind, and a choice of owners that have some of it. */
export function facetPaths({ kindTypeOwners, owners }: CatalogSample): string[] {
  const paths = new Set<string>();
  // Few combinations repeat with other owners beside them; a small catalog runs out of those, too.
  const attempts = rotationSize * 4;
  for (let turn = 0; turn < attempts && paths.size < rotationSize; turn += 1) {
    const combination = kindTypeOwners[turn % kindTypeOwners.length];
    if (combination === undefined) break;
    const others = OWNER_STRIDES.map((stride) => owners[(turn * stride + stride) % owners.length]);
    const chosen = [...new Set([combination.owner, ...others])].filter((owner) => owner !== undefined);
    const filter = [
      `kind=${combination.kind.toLowerCase()}`,
      ...chosen.map((owner) => `relations.ownedBy=${groupRef(owner)}`),
    ].join(',');
    paths.add(requestPath(getEntityFacets, { query: { facet: FACETS, filter } }));
  }
  return [...paths];
}

function groupRef(name: string): string {
  return `group:default/${name}`;
}
