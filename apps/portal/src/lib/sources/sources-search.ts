import { createSerializer, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs';

/** Sets of sources that the list can be narrowed to. */
export const shownSets = ['all', 'attention'] as const;

/** The state of the list of sources as it stands in the address. */
export const sourcesSearchParsers = {
  show: parseAsStringLiteral(shownSets).withDefault('all'),
  q: parseAsString.withDefault(''),
} as const;

/** `?show=attention&q=…` of a state; what is at its default is left out. */
export const sourcesSearchString = createSerializer(sourcesSearchParsers);

type SourcesValues = inferParserType<typeof sourcesSearchParsers>;
/** Parts of the state; what is missing stands at its default. */
export type SourcesSearch = { [Key in keyof SourcesValues]?: SourcesValues[Key] };
