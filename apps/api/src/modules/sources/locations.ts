import {
  createZodV4FilterPredicateSchema,
  evaluateFilterPredicate,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import type { EndpointReply, EndpointRequest, Location, queryLocations } from '@waymark/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseForeignJson } from '../../platform/json-text.ts';
import { parsePredicate } from '../catalog/index.ts';
import { locationEntityName } from './readers/url/url-reader.ts';

const DEFAULT_LIMIT = 1000;

/** A source in the shape of a Backstage location. Those by URL have a Location entity of their own. */
export function locationOf({ id, type, target }: { id: string; type: string; target: string }): Location {
  const entityRef = `location:default/${locationEntityName(type, target)}`;
  return { id, type, target, ...(type === 'url' ? { entityRef } : {}) };
}

/** One page of the locations that a predicate takes. The cursor is the id of the last one with the predicate. */
export function pageOfLocations(
  locations: readonly Location[],
  { query, limit = DEFAULT_LIMIT, cursor }: EndpointRequest<typeof queryLocations>['body'],
): EndpointReply<typeof queryLocations> {
  const from = cursor === undefined ? undefined : readCursor(cursor);
  const predicate = from?.query ?? query;
  const matching = predicate === undefined ? locations : filter(locations, predicate);
  const rest = from === undefined ? matching : matching.filter(({ id }) => BigInt(id) > BigInt(from.after));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rest.length > items.length && last ? writeCursor({ after: last.id, query: predicate }) : undefined;
  return {
    items,
    totalItems: matching.length,
    pageInfo: nextCursor === undefined ? {} : { nextCursor },
  };
}

const predicates = createZodV4FilterPredicateSchema();

function filter(locations: readonly Location[], query: Record<string, unknown>): Location[] {
  // Its bounds hold here as well: the library has none, and a deep predicate overflows its stack.
  parsePredicate(query);
  const parsed = predicates.safeParse(query);
  if (!parsed.success) {
    throw new AppError(
      'catalog.bad-predicate',
      `The predicate cannot be read: ${parsed.error.issues[0]?.message ?? 'it has another form'}.`,
    );
  }
  const predicate: FilterPredicate = parsed.data;
  return locations.filter((location) => evaluateFilterPredicate(predicate, location));
}

interface Cursor {
  after: string;
  query: Record<string, unknown> | undefined;
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    const value = parseForeignJson(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && 'after' in value) {
      const { after } = value;
      const query = 'query' in value ? value.query : undefined;
      const isQuery = query === undefined || (typeof query === 'object' && query !== null);
      if (typeof after === 'string' && /^\d{1,18}$/.test(after) && isQuery) {
        return { after, query: query === undefined ? undefined : { ...query } };
      }
    }
  } catch {
    // Not one of ours, as below.
  }
  throw new AppError(
    'catalog.bad-cursor',
    'The cursor was not made by this server. Start again without one.',
  );
}
