import {
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs';

/** The properties that the catalog can be narrowed by, in the order of the filter column. */
export const facetNames = ['type', 'lifecycle', 'owner', 'system', 'tag', 'namespace', 'source'] as const;
export type FacetName = (typeof facetNames)[number];

const list = parseAsArrayOf(parseAsString).withDefault([]);

/** The catalog's whole state as it stands in the address. */
export const catalogSearchParsers = {
  kind: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  sort: parseAsString.withDefault(''),
  columns: parseAsArrayOf(parseAsString),
  set: parseAsStringLiteral(['starred'] as const),
  /** The instant that the catalog is shown at. */
  asOf: parseAsString,
  type: list,
  lifecycle: list,
  owner: list,
  system: list,
  tag: list,
  namespace: list,
  source: list,
} as const;

/** `?kind=component&owner=…` of a state; what is at its default is left out. */
export const catalogSearchString = createSerializer(catalogSearchParsers);

type CatalogValues = inferParserType<typeof catalogSearchParsers>;
/** Parts of the state; what is missing or null stands at its default. */
export type CatalogSearch = { [Key in keyof CatalogValues]?: CatalogValues[Key] | null };
