import { z } from 'zod';

/** Most items that one page may hold, and the default of Backstage's protocol. */
export const catalogPageLimits = { default: 20, max: 1000, maxRefs: 1000 } as const;

/** A parameter that may be repeated (`filter=a&filter=b`). */
export const repeatable = (maxItems: number, maxLength: number) =>
  z
    .union([z.string().max(maxLength), z.array(z.string().max(maxLength)).max(maxItems)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();

/** A parameter that holds several values, with commas or by repetition. Blanks and empty parts are dropped. */
export const commaList = (maxLength: number) =>
  z
    .union([z.string().max(maxLength), z.array(z.string().max(maxLength)).max(50)])
    .transform((value) =>
      (Array.isArray(value) ? value : [value])
        .flatMap((part) => part.split(','))
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .optional();

/** The `filter` of Backstage's protocol; its grammar is read by the server. */
export const filterParameter = repeatable(50, 4000);

/** The catalog as it was at an instant of the past. */
export const asOfParameter = z.iso
  .datetime({ offset: true })
  .optional()
  .describe('Waymark only: the catalog as it was at this instant');

/**
 * A predicate of Backstage's query language (`$all`, `$any`, `$not`, `$exists`, `$in`, `$hasPrefix`,
 * `$contains`). Its grammar is checked by `@backstage/filter-predicates`.
 */
export const predicateSchema = z.record(z.string(), z.unknown()).describe('A filter predicate');

/** A cursor carries its query: a body may hold a longer one than a URL. */
export const maxCursorLength = { url: 20_000, body: 200_000 } as const;
