import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseForeignJson } from '../../platform/json-text.ts';

const MAX_PARTS = 2;
const cursorSchema = z.array(z.string().max(500)).max(MAX_PARTS);

/** A cursor of texts that say where the next page begins. */
export function cursorText(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor; none without one. @throws AppError `request.invalid` */
export function readCursor(cursor: string | undefined, count: number): string[] {
  if (cursor === undefined) return [];
  try {
    const parts = cursorSchema.parse(parseForeignJson(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (parts.length === count) return parts;
  } catch (error) {
    throw badCursor(error);
  }
  throw badCursor();
}

/** One page of a list that git gives as a whole, sorted by `keyOf`. */
export function pageOfList<Item>(
  all: readonly Item[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  keyOf: (item: Item) => string,
): { items: Item[]; nextCursor: { nextCursor?: string } } {
  const [after] = readCursor(cursor, 1);
  const start = after === undefined ? 0 : all.findIndex((item) => keyOf(item) > after);
  const items = start < 0 ? [] : all.slice(start, start + limit);
  const last = items.at(-1);
  const hasMore = start >= 0 && start + limit < all.length;
  return { items, nextCursor: last !== undefined && hasMore ? { nextCursor: cursorText(keyOf(last)) } : {} };
}

function badCursor(cause?: unknown): AppError {
  return new AppError('request.invalid', 'The cursor was not made by this server. Start again without one.', {
    cause,
  });
}
