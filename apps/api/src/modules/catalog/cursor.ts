import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseForeignJson } from '../../platform/json-text.ts';
import { hasReservedName } from '../../platform/reserved-names.ts';

/** As many as the contract lets a first request name: a cursor that somebody made up asks for no more. */
const MAX_ORDER_FIELDS = 8;
const MAX_FILTERS = 50;
const MAX_TEXT_FIELDS = 50;

/** A path, which a first request could not have named if it reached a prototype. */
const pathSchema = z.string().refine((path) => !hasReservedName(path));

const positionSchema = z.object({
  values: z.array(z.string().nullable()).max(MAX_ORDER_FIELDS),
  ref: z.string(),
});

const cursorSchema = z.object({
  /** The `filter` parameters of the first request. */
  filter: z.array(z.string()).max(MAX_FILTERS),
  /** Its predicate. Backstage's client looks for this very key, and sends such a cursor with POST. */
  query: z.record(z.string(), z.unknown()).optional(),
  order: z
    .array(z.object({ field: pathSchema, direction: z.enum(['asc', 'desc']) }))
    .min(1)
    .max(MAX_ORDER_FIELDS),
  text: z.object({ term: z.string(), fields: z.array(pathSchema).max(MAX_TEXT_FIELDS) }).optional(),
  /** Instant whose catalog the first request asked. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** The item to go on from. */
  at: positionSchema,
  /** The page before `at` instead of the one after it. */
  isBackward: z.boolean(),
  /** The page begins with `at` itself: the way back from a page that turned out to be empty. */
  includesAt: z.boolean().optional(),
  /** The first request did not want the total. */
  isTotalOmitted: z.boolean().optional(),
});

/** Where a page of a query begins, with the query itself: a cursor needs nothing else beside it. */
export type Cursor = z.output<typeof cursorSchema>;

/**
 * The place in the older list to go on from. As in Backstage it holds the limit, and the rest of the
 * query stands beside it in the URL.
 */
const afterSchema = z.object({ limit: z.int().min(0), at: positionSchema });
export type After = z.output<typeof afterSchema>;

/**
 * Opaque text for a URL or a body. It holds nothing that its bearer did not ask for, so it is not
 * signed. A cursor with a predicate is plain base64, for that is how Backstage's client looks into it.
 */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString(cursor.query ? 'base64' : 'base64url');
}

/** @throws AppError `catalog.bad-cursor` when the text was not made by {@link encodeCursor}. */
export function decodeCursor(text: string): Cursor {
  return decode(cursorSchema, text);
}

export function encodeAfter(after: After): string {
  return Buffer.from(JSON.stringify(after)).toString('base64url');
}

/** @throws AppError `catalog.bad-cursor` when the text was not made by {@link encodeAfter}. */
export function decodeAfter(text: string): After {
  return decode(afterSchema, text);
}

function decode<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  try {
    // Reads both alphabets of base64.
    return schema.parse(parseForeignJson(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError(
      'catalog.bad-cursor',
      'The cursor was not made by this server. Start again without a cursor.',
      { cause: error },
    );
  }
}
