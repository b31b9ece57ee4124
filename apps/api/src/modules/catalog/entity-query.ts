import { decodeAfter, decodeCursor, encodeAfter, encodeCursor, type Cursor } from './cursor.ts';
import { UID_ORDER, type CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { parseFilters } from './read-index/filter.ts';
import { parsePredicate } from './read-index/predicate.ts';
import { toIndexKey } from './read-index/query-path.ts';
import { countBits, hasBit, intersectInto, type Bitmap } from './read-index/slot-set.ts';
import type { OrderField, OrderPosition, SortOrder } from './read-index/sort-order.ts';

/** What a first page asks for. With a cursor, only `limit` counts beside it. */
export interface EntityQuery {
  /** `filter` parameters of the protocol. */
  filter?: readonly string[] | undefined;
  /** A predicate, not yet parsed: the cursor carries it as it came. */
  query?: Record<string, unknown> | undefined;
  order?: readonly OrderField[] | undefined;
  text?: { term?: string | undefined; fields?: readonly string[] | undefined } | undefined;
  cursor?: string | undefined;
  /** Instant whose catalog is asked: not of the index, but cursors lead to pages of the same one. */
  asOf?: string | undefined;
  limit: number;
  offset?: number | undefined;
  isTotalOmitted?: boolean | undefined;
}

/** A page of slots, and the cursors to the pages beside it. */
export interface EntityPage {
  slots: number[];
  /** 0 when the first request did not want the total, as Backstage's client has it. */
  totalItems: number;
  nextCursor?: string;
  prevCursor?: string;
}

/** Fields that a text filter looks at when it names none and there is no order. */
const DEFAULT_TEXT_FIELDS = ['metadata.name', 'metadata.title', 'metadata.description'];

type Search = Omit<Cursor, 'at' | 'isBackward' | 'includesAt'>;

/** Runs a page query on the index. With a cursor, filter, predicate, order and text are those of the cursor. */
export function queryPage(index: CatalogReadIndex, query: EntityQuery): EntityPage {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const search: Search = cursor ?? searchOf(query);
  const matches = matchesOf(index, search);
  const order = index.order(search.order);
  intersectInto(matches, order.members);
  const { slots } = order;
  const place = cursor ? order.indexAfter(cursor.at, cursor.isBackward !== (cursor.includesAt ?? false)) : 0;
  const indexes = cursor?.isBackward
    ? indexesBefore(slots, matches, place, query.limit)
    : indexesFrom(slots, matches, place, query.offset ?? 0, query.limit);
  return {
    slots: indexes.page.map((position) => slots[position] ?? 0),
    totalItems: search.isTotalOmitted ? 0 : countBits(matches),
    ...cursorsOf(order, search, indexes, cursor),
  };
}

/** The instant whose catalog a page is of, as its first page asked for it. @throws AppError for a bad cursor */
export function instantAsked({ cursor, asOf }: Pick<EntityQuery, 'cursor' | 'asOf'>): string | undefined {
  return cursor === undefined ? asOf : decodeCursor(cursor).asOf;
}

/** The older list: everything that matches, entities without the field to sort by last, ties by ref. */
export function queryList(
  index: CatalogReadIndex,
  query: Pick<EntityQuery, 'filter' | 'order' | 'offset'> & {
    limit?: number | undefined;
    after?: string | undefined;
  },
): { slots: number[]; after?: string } {
  const after = query.after === undefined ? undefined : decodeAfter(query.after);
  const limit = after?.limit ?? query.limit ?? Infinity;
  const order = index.order(query.order ?? [], { isComplete: true });
  const matches = index.filter(parseFilters(query.filter ?? []));
  const { page, hasMore } = after
    ? indexesFrom(order.slots, matches, order.indexAfter(after.at), 0, limit)
    : indexesFrom(order.slots, matches, 0, query.offset ?? 0, limit);
  const last = hasMore ? order.positionAt(page.at(-1) ?? -1) : undefined;
  return {
    slots: page.map((position) => order.slots[position] ?? 0),
    ...(last ? { after: encodeAfter({ limit, at: { values: [...last.values], ref: last.ref } }) } : {}),
  };
}

/** The slots that a filter, a predicate and a text leave, all of them together. */
export function matchesOf(
  index: CatalogReadIndex,
  { filter, query, text }: Pick<Search, 'query' | 'text'> & { filter?: readonly string[] | undefined },
): Bitmap {
  const matches = index.filter(parseFilters(filter ?? []));
  if (query) intersectInto(matches, index.match(parsePredicate(query)));
  if (text) index.filterByText(matches, text.term, text.fields);
  return matches;
}

function searchOf(query: EntityQuery): Search {
  return {
    filter: [...(query.filter ?? [])],
    ...(query.query ? { query: query.query } : {}),
    order: query.order?.length ? [...query.order] : [...UID_ORDER],
    ...textOf(query.text, DEFAULT_TEXT_FIELDS),
    ...(query.isTotalOmitted ? { isTotalOmitted: true } : {}),
    ...(query.asOf === undefined ? {} : { asOf: query.asOf }),
  };
}

/** A text filter that is one: a term without text asks for nothing. */
export function textOf(text: EntityQuery['text'], defaultFields: readonly string[]): Pick<Search, 'text'> {
  const term = text?.term?.trim();
  if (term === undefined || term === '') return {};
  const fields = text?.fields?.length ? text.fields : defaultFields;
  return { text: { term, fields: fields.map((field) => toIndexKey(field, 'catalog.bad-filter')) } };
}

interface PageIndexes {
  page: number[];
  /** There is at least one more item in the direction of the walk. */
  hasMore: boolean;
}

function indexesFrom(
  slots: Uint32Array,
  matches: Bitmap,
  start: number,
  offset: number,
  limit: number,
): PageIndexes {
  const page: number[] = [];
  let toSkip = offset;
  for (let position = start; position < slots.length; position += 1) {
    if (!hasBit(matches, slots[position] ?? 0)) continue;
    if (toSkip > 0) toSkip -= 1;
    else if (page.length === limit) return { page, hasMore: true };
    else page.push(position);
  }
  return { page, hasMore: false };
}

function indexesBefore(slots: Uint32Array, matches: Bitmap, end: number, limit: number): PageIndexes {
  const page: number[] = [];
  for (let position = end - 1; position >= 0; position -= 1) {
    if (!hasBit(matches, slots[position] ?? 0)) continue;
    if (page.length === limit) return { page: page.reverse(), hasMore: true };
    page.push(position);
  }
  return { page: page.reverse(), hasMore: false };
}

function cursorsOf(
  order: SortOrder,
  search: Search,
  { page, hasMore }: PageIndexes,
  cursor: Cursor | undefined,
): { nextCursor?: string; prevCursor?: string } {
  const from = ({ values, ref }: OrderPosition, isBackward: boolean, includesAt?: boolean) =>
    encodeCursor({ ...search, at: { values: [...values], ref }, isBackward, includesAt });
  const [first, last] = [page[0], page.at(-1)].map((index) => order.positionAt(index ?? -1));
  if (!first || !last) {
    if (!cursor) return {};
    // Everything beyond the cursor went in the meantime. The item that it stands at is the way back.
    return cursor.isBackward
      ? { nextCursor: from(cursor.at, false, true) }
      : { prevCursor: from(cursor.at, true, true) };
  }
  const hasNext = cursor?.isBackward === true || hasMore;
  const hasPrevious = cursor?.isBackward === true ? hasMore : cursor !== undefined;
  return {
    ...(hasNext ? { nextCursor: from(last, false) } : {}),
    ...(hasPrevious ? { prevCursor: from(first, true) } : {}),
  };
}
