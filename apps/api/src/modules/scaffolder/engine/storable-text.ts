import { isJsonObject, type JsonValue } from './json.ts';

/** What stands for a character that PostgreSQL cannot store: NUL, or half of a pair. */
const REPLACEMENT = '\ufffd';

/** A text as it can be stored. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', REPLACEMENT);
}

/** JSON pointer to a text or a name in a value that cannot be stored; undefined when there is none. */
export function findUnstorable(value: JsonValue, path = ''): string | undefined {
  if (typeof value === 'string') return storableText(value) === value ? undefined : path;
  if (Array.isArray(value))
    return firstOf(
      value.map((item, index) => [String(index), item] as const),
      path,
    );
  return isJsonObject(value) ? firstOf(Object.entries(value), path) : undefined;
}

function firstOf(entries: readonly (readonly [string, JsonValue])[], path: string): string | undefined {
  for (const [name, item] of entries) {
    const place = `${path}/${storableText(name)}`;
    const found = storableText(name) === name ? findUnstorable(item, place) : place;
    if (found !== undefined) return found;
  }
  return undefined;
}
