import { readExactNumber } from '@waymark/catalog-model';
import { isReservedName } from './reserved-names.ts';

/** JSON that `JSON.parse` takes, but reads as something else than was written. The message is for whoever wrote it. */
export class AmbiguousJsonError extends Error {
  override readonly name = 'AmbiguousJsonError';
}

/**
 * The parts of a valid JSON text that matter here: texts, with a colon behind those that are keys; numbers of more
 * digits than are always exact, or with an exponent; and where objects begin and end.
 */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|(-?[\d.]{16,}(?:[eE][-+]?\d+)?|-?[\d.]+[eE][-+]?\d+)|[{}]/gs;

/**
 * Parses JSON that somebody else wrote.
 *
 * @throws SyntaxError for what is no JSON, AmbiguousJsonError as {@link demandUnambiguousJson} does
 */
export function parseForeignJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  demandUnambiguousJson(text);
  return value;
}

/**
 * Looks through a valid JSON text, in linear time and without recursion.
 *
 * @throws AmbiguousJsonError for a key that reaches a prototype or stands twice in an object, and for a number that
 *   would change when it is read
 */
export function demandUnambiguousJson(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, name, colon, number] of text.matchAll(TOKEN)) {
    if (number !== undefined) demandExactNumber(number);
    else if (token === '{') open.push(undefined);
    else if (token === '}') open.pop();
    else if (colon !== undefined && name !== undefined) {
      const keys = open.pop() ?? new Set();
      demandOrdinaryKey(keyOf(name), keys);
      open.push(keys);
    }
  }
}

function demandOrdinaryKey(key: string, keysBefore: Set<string>): void {
  if (isReservedName(key)) {
    throw new AmbiguousJsonError(
      `The key "${key}" is not allowed, because JavaScript programs give it a special meaning. Rename the key.`,
    );
  }
  if (keysBefore.has(key)) {
    throw new AmbiguousJsonError(
      `The key "${shorten(key)}" stands twice in one object. Keep one of the two.`,
    );
  }
  keysBefore.add(key);
}

function demandExactNumber(number: string): void {
  if (readExactNumber(number) !== undefined) return;
  throw new AmbiguousJsonError(
    `The number ${shorten(number)} cannot be read without changing it. Put it in quotes to send it as text.`,
  );
}

function keyOf(written: string): string {
  // It stood in quotes in a text that was parsed before.
  return written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
