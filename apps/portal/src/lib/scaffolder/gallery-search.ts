import {
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs';

/** Orders of the gallery; the first is the default. */
export const gallerySorts = ['name', 'used'] as const;
export type GallerySort = (typeof gallerySorts)[number];

/** What the gallery can be narrowed by. */
export const galleryFacets = ['type', 'tag', 'owner'] as const;
export type GalleryFacet = (typeof galleryFacets)[number];

const list = parseAsArrayOf(parseAsString).withDefault([]);

/** The gallery's whole state as it stands in the address. */
export const gallerySearchParsers = {
  q: parseAsString.withDefault(''),
  type: list,
  tag: list,
  owner: list,
  set: parseAsStringLiteral(['starred'] as const),
  sort: parseAsStringLiteral(gallerySorts).withDefault('name'),
} as const;

/** `?type=service&q=…` of a state; what is at its default is left out. */
export const gallerySearchString = createSerializer(gallerySearchParsers);

/** The state of the gallery, complete. */
export type GalleryState = inferParserType<typeof gallerySearchParsers>;
/** Parts of the state; what is missing or null stands at its default. */
export type GallerySearch = { [Key in keyof GalleryState]?: GalleryState[Key] | null };
