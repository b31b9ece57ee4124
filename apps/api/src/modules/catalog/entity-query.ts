import { AppError } from '../../platform/errors/app-error.ts';
import { decodeCursor, encodeCursor, type Cursor } from './cursor.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { parseFilters } from './read-index/filter.ts';
import { countBits, hasBit, intersectInto, type Bitmap } from './read-index/slot-set.ts';
import type { OrderField, SortOrder } from './read-index/sort-order.ts';

/** What a first page asks for, in the words of the protocol. */
export interface EntityQuery {
  filter?: readonly string[] | undefined;
  orderField?: readonly string[] | undefined;
  fullTextFilterTerm?: string | undefined;
  fullTextFilterFields?: readonly string[] | undefined;
  cursor?: string | undefined;
  limit: number;
  offset?: number | undefined;
}

/** A page of slots, and the cursors to the pages beside it. */
export interface EntityPage {
  slots: number[];
  totalItems: number;
  nextCursor?: string;
  prevCursor?: string;
}

/** Without an order, items stand by uid, as in Backstage. */
const DEFAULT_ORDER: OrderField[] = [{ field: 'metadata.uid', direction: 'asc' }];
/** Fields that a text filter looks at when it names none and there is no order. */
const DEFAULT_TEXT_FIELDS = ['metadata.name', 'metadata.title', 'metadata.description'];

type Search = Omit<Cursor, 'at' | 'isBackward'>;

/** Runs a page query on the index. With a cursor, filter, order and text are those of the cursor. */
export function queryPage(index: CatalogReadIndex, query: EntityQuery): EntityPage {
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const search: Search = cursor ?? {
    filter: [...(query.filter ?? [])],
    order: parseOrderFields(query.orderField ?? []),
    ...textOf(query),
  };
  const matches = index.filter(parseFilters(search.filter));
  if (search.text) index.filterByText(matches, search.text.term, search.text.fields);
  const order = index.order(search.order);
  intersectInto(matches, order.members);
  const { slots } = order;
  const indexes = cursor?.isBackward
    ? indexesBefore(slots, matches, order.indexAfter(cursor.at, true), query.limit)
    : indexesFrom(slots, matches, cursor ? order.indexAfter(cursor.at) : 0, query.offset ?? 0, query.limit);
  return {
    slots: indexes.page.map((position) => slots[position] ?? 0),
    totalItems: countBits(matches),
    ...cursorsOf(order, search, indexes, cursor),
  };
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
  const at = (position: number | undefined, isBackward: boolean) => {
    const place = position === undefined ? undefined : order.positionAt(position);
    return (
      place && encodeCursor({ ...search, at: { values: [...place.values], ref: place.ref }, isBackward })
    );
  };
  const hasNext = cursor?.isBackward === true || hasMore;
  const hasPrevious = cursor?.isBackward === true ? hasMore : cursor !== undefined;
  const nextCursor = hasNext ? at(page.at(-1), false) : undefined;
  const prevCursor = hasPrevious ? at(page[0], true) : undefined;
  return {
    ...(nextCursor === undefined ? {} : { nextCursor }),
    ...(prevCursor === undefined ? {} : { prevCursor }),
  };
}

function parseOrderFields(parameters: readonly string[]): OrderField[] {
  if (parameters.length === 0) return DEFAULT_ORDER;
  return parameters.map((parameter) => {
    const [field = '', direction = 'asc', ...rest] = parameter.split(',').map((part) => part.trim());
    if (field === '' || rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new AppError(
        'catalog.bad-order',
        `"${parameter}" is no order. Write a path and a direction, for example metadata.name,asc.`,
      );
    }
    return { field: field.toLowerCase(), direction };
  });
}

function textOf(query: EntityQuery): Pick<Search, 'text'> {
  const term = query.fullTextFilterTerm?.trim();
  if (term === undefined || term === '') return {};
  const fields = query.fullTextFilterFields?.length ? [...query.fullTextFilterFields] : DEFAULT_TEXT_FIELDS;
  return { text: { term, fields } };
}
