import type { CatalogSearch, FacetName } from '../../lib/catalog-search.ts';
import { facetNames } from '../../lib/catalog-search.ts';
import { parseRef, type EntityRefParts } from '../../lib/entities/entity-ref.ts';

/** The path in an entity behind each filter. */
export const facetKeys: Record<FacetName, string> = {
  type: 'spec.type',
  lifecycle: 'spec.lifecycle',
  owner: 'relations.ownedBy',
  system: 'relations.partOf',
  tag: 'metadata.tags',
  namespace: 'metadata.namespace',
  source: 'metadata.annotations.backstage.io/managed-by-origin-location',
};

/** What the text filter looks in. */
export const textFilterFields = [
  'metadata.name',
  'metadata.title',
  'metadata.description',
  'metadata.tags',
  'relations.ownedBy',
];

/** What is chosen of each filter. */
export type ChosenFacets = Record<FacetName, string[]>;

/** The choices alone. */
export function chosenFacets(state: ChosenFacets): ChosenFacets {
  // All names are there.
  return Object.fromEntries(facetNames.map((name) => [name, state[name]])) as ChosenFacets;
}

/** The narrowing part of the catalog's state. */
export interface CatalogFilter extends ChosenFacets {
  kind: string;
  q: string;
  /** Given, only these references; an empty list matches nothing. */
  refs?: string[] | undefined;
  /** The instant that is asked about; without it, now. */
  asOf?: string | undefined;
}

/** What a query leaves out to count the values that could be chosen instead. */
export type Omission = FacetName | 'kind';

/**
 * The filter in the API's language: values of one key are alternatives, keys must all hold. A list of
 * references becomes one alternative for each, since no key holds a whole reference.
 */
export function filterParameter(filter: CatalogFilter, omitted?: Omission): string[] | undefined {
  const conditions = [
    ...(filter.kind !== '' && omitted !== 'kind' ? [`kind=${filter.kind}`] : []),
    ...facetNames
      .filter((name) => name !== omitted)
      .flatMap((name) => filter[name].map((value) => `${facetKeys[name]}=${value}`)),
  ];
  if (!filter.refs) return conditions.length === 0 ? undefined : [conditions.join(',')];
  const named = filter.refs.map((ref) => parseRef(ref)).filter((parts) => isWithin(parts, filter, omitted));
  // An empty list of filters would mean everything; no name holds an exclamation mark.
  if (named.length === 0) return ['metadata.name=!none'];
  // Two conditions on one key would be alternatives, so those that a reference answers itself are left out.
  const others = conditions.filter((each) => !/^(kind|metadata\.namespace)=/.test(each));
  return named.map(({ kind, namespace, name }) =>
    [...others, `kind=${kind}`, `metadata.namespace=${namespace}`, `metadata.name=${name}`].join(','),
  );
}

function isWithin(
  { kind, namespace }: EntityRefParts,
  filter: CatalogFilter,
  omitted: Omission | undefined,
): boolean {
  const isKind = filter.kind === '' || omitted === 'kind' || filter.kind === kind;
  const isNamespace =
    filter.namespace.length === 0 || omitted === 'namespace' || filter.namespace.includes(namespace);
  return isKind && isNamespace;
}

/** The text part of a query, nothing for a blank text. */
export function textParameter(q: string): { fullTextFilterTerm?: string; fullTextFilterFields?: string } {
  const term = q.trim();
  return term === '' ? {} : { fullTextFilterTerm: term, fullTextFilterFields: textFilterFields.join(',') };
}

/** Is anything narrowed beside the kind. */
export function hasFilters(filter: Pick<CatalogFilter, FacetName | 'q'>): boolean {
  return filter.q.trim() !== '' || facetNames.some((name) => filter[name].length > 0);
}

/** The state without its filters; kind, columns and order stay. */
export const noFilters = {
  q: null,
  ...Object.fromEntries(facetNames.map((name) => [name, null])),
} as { [Key in FacetName | 'q']: null } satisfies Partial<CatalogSearch>;
