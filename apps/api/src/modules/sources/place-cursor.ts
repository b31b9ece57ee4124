import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseForeignJson } from '../../platform/json-text.ts';

const placeSchema = z.tuple([z.string(), z.string().regex(/^\d{1,18}$/)]);

/** A cursor for a list that is ordered by a text and a number. */
export function encodePlace(key: string, ordinal: string): string {
  return Buffer.from(JSON.stringify([key, ordinal])).toString('base64url');
}

/** The place of a cursor; before everything without one. Throws `catalog.bad-cursor`. */
export function decodePlace(cursor: string | undefined): [key: string, ordinal: string] {
  if (cursor === undefined) return ['', '0'];
  try {
    const [key, ordinal] = placeSchema.parse(
      parseForeignJson(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    return [key, ordinal];
  } catch (error) {
    throw new AppError(
      'catalog.bad-cursor',
      'The cursor was not made by this server. Start again without one.',
      {
        cause: error,
      },
    );
  }
}
