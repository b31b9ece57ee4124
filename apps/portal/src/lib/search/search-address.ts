import { createSerializer, parseAsArrayOf, parseAsString, type inferParserType } from 'nuqs';

/** The search page's state as it stands in the address. */
export const searchAddressParsers = {
  q: parseAsString.withDefault(''),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
} as const;

/** `?q=paymnets&kind=component` of a state; what is at its default is left out. */
export const searchAddressString = createSerializer(searchAddressParsers);

type SearchAddressValues = inferParserType<typeof searchAddressParsers>;
/** Parts of the state; what is missing stands at its default. */
export type SearchAddress = Partial<SearchAddressValues>;
