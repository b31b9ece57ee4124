import { parseRef, stringifyRef } from '@waymark/catalog-model';
import type { EndpointReply, EndpointRequest, SearchResult, searchQuery } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import {
  clearBit,
  countBits,
  hasBit,
  intersectInto,
  maxSearchScore,
  setBit,
  type CatalogReader,
  type CatalogReadIndex,
  type SearchMatches,
} from '../catalog/index.ts';
import { Highlighter, postTag, preTag } from './highlight.ts';
import { pageByScore } from './result-page.ts';
import { toSearchDocument, type SearchDocument } from './search-document.ts';
import { filterSlots } from './search-filters.ts';
import { decodePage, encodePage, parseScope } from './search-parameters.ts';

type SearchInput = EndpointRequest<typeof searchQuery>['query'];
type SearchReply = EndpointReply<typeof searchQuery>;

/** The search over everything that the portal knows. */
export interface SearchService {
  search(caller: Caller, query: SearchInput): Promise<SearchReply>;
}

/** The only type of document so far; the name is Backstage's. */
const CATALOG_TYPE = 'software-catalog';
const NOTHING: SearchReply = { results: [], numberOfResults: 0, kinds: [] };

export function createSearchService({ reader }: { reader: CatalogReader }): SearchService {
  return {
    async search(_caller, query) {
      const { term, pageCursor, pageLimit: limit } = query;
      const { types, filters } = parseScope(query);
      const offset = pageCursor === undefined ? 0 : decodePage(pageCursor);
      const index = reader.index();
      if (types !== undefined && !types.has(CATALOG_TYPE)) return NOTHING;

      const matches = findMatches(index, term.trim());
      const ofAllKinds = filterSlots(index, filters, { withoutKinds: true });
      intersectInto(ofAllKinds, matches.slots);
      const kinds = index.facet('kind', ofAllKinds);
      const slots = filterSlots(index, filters);
      intersectInto(slots, matches.slots);
      const numberOfResults = countBits(slots);
      const page = pageByScore(index, slots, matches.scores, { offset, limit });
      // Before the wait: the index may change meanwhile.
      const refs = page.map((slot) => index.refOf(slot));
      const texts = await reader.documents.read(index, page);
      const highlighter = new Highlighter(term);
      const results = page.flatMap((slot, position) => {
        const text = texts[position];
        if (text === undefined) return []; // went in the meantime
        const isFuzzy = hasBit(matches.similar, slot);
        return toResult(toSearchDocument(refs[position] ?? '', text), {
          ...{ highlighter, isFuzzy, rank: offset + position + 1 },
        });
      });
      return { results, numberOfResults, kinds, ...pageCursors({ offset, limit, numberOfResults }) };
    },
  };
}

/** Without a term, everything: a list to page through. A reference finds its entity as well. */
function findMatches(index: CatalogReadIndex, term: string): SearchMatches {
  const matches = index.search(term);
  if (term === '') return { ...matches, slots: index.filter([]) };
  const slot = slotOfRef(index, term);
  if (slot !== undefined) {
    setBit(matches.slots, slot);
    clearBit(matches.similar, slot);
    matches.scores[slot] = maxSearchScore;
  }
  return matches;
}

function slotOfRef(index: CatalogReadIndex, term: string): number | undefined {
  try {
    return index.slotOf(stringifyRef(parseRef(term)));
  } catch {
    return undefined; // words, as nearly always
  }
}

function toResult(
  document: SearchDocument,
  { highlighter, isFuzzy, rank }: { highlighter: Highlighter; isFuzzy: boolean; rank: number },
): SearchResult {
  const fields: Record<string, string> = {};
  for (const field of ['title', 'name', 'text', 'owner', 'componentType'] as const) {
    const marked = highlighter.mark(document[field], { isFuzzy });
    if (marked !== undefined) fields[field] = marked;
  }
  const hasHighlight = Object.keys(fields).length > 0;
  return {
    ...{ type: CATALOG_TYPE, rank, document, isFuzzy },
    ...(hasHighlight ? { highlight: { preTag, postTag, fields } } : {}),
  };
}

function pageCursors({
  offset,
  limit,
  numberOfResults,
}: {
  offset: number;
  limit: number;
  numberOfResults: number;
}): Pick<SearchReply, 'nextPageCursor' | 'previousPageCursor'> {
  return {
    ...(offset + limit < numberOfResults ? { nextPageCursor: encodePage(offset + limit) } : {}),
    ...(offset > 0 ? { previousPageCursor: encodePage(Math.max(0, offset - limit)) } : {}),
  };
}
