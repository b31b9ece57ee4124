import { isRecord } from './entity-ref.ts';

/** Resolvers that Backstage installations know: `$text`, `$json`, `$yaml`, and the optional API bundlers. */
const placeholderKeys = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'] as const;

/** How the content of another file takes the place of a placeholder. */
export type PlaceholderKey = (typeof placeholderKeys)[number];

/**
 * The resolver of a value that stands for the content of another file: an object whose only key is a known
 * `$resolver`. Any other object, and one with an unknown `$key`, is data.
 */
export function placeholderKeyOf(value: unknown): PlaceholderKey | undefined {
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  return keys.length === 1 ? placeholderKeys.find((known) => known === keys[0]) : undefined;
}

/** Whether the value is a placeholder with a text that says which file is meant. */
export function isPlaceholder(value: unknown): boolean {
  const key = placeholderKeyOf(value);
  return key !== undefined && isRecord(value) && typeof value[key] === 'string';
}
