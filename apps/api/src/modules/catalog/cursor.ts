import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';

const cursorSchema = z.object({
  /** The `filter` parameters of the first request. */
  filter: z.array(z.string()),
  order: z.array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) })).min(1),
  text: z.object({ term: z.string(), fields: z.array(z.string()) }).optional(),
  /** The item to go on from. */
  at: z.object({ values: z.array(z.string().nullable()), ref: z.string() }),
  /** The page before `at` instead of the one after it. */
  isBackward: z.boolean(),
});

/** Where a page of a query begins, with the query itself: a cursor needs nothing else beside it. */
export type Cursor = z.output<typeof cursorSchema>;

/** Opaque text for a URL. It holds nothing that its bearer did not ask for, so it is not signed. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws AppError `catalog.bad-cursor` when the text was not made by {@link encodeCursor}. */
export function decodeCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError(
      'catalog.bad-cursor',
      'The cursor was not made by this server. Start again without a cursor.',
      { cause: error },
    );
  }
}
