import { z } from 'zod';

/**
 * Values as they come from YAML or, always as text, from the environment: both spellings are accepted, and
 * the message says what is expected.
 */

/** A whole number within bounds (both included). */
export function wholeNumber({ from, to }: { from: number; to: number }) {
  const expected = `expected a whole number from ${from} to ${to}`;
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\s*\d+\s*$/)
          .transform(Number),
      ],
      { error: expected },
    )
    .refine((value) => Number.isSafeInteger(value) && value >= from && value <= to, { error: expected });
}

/** `true` or `false`. */
export function flag() {
  return z.union(
    [
      z.boolean(),
      z
        .string()
        .regex(/^\s*(true|false)\s*$/i)
        .transform((text) => text.trim().toLowerCase() === 'true'),
    ],
    { error: 'expected true or false' },
  );
}

/** Text that is not empty. */
export function text(expected = 'expected text that is not empty') {
  return z.string({ error: expected }).trim().min(1, { error: expected });
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `expected one of ${words.join(', ')}` });
}
