import { isRecord } from './entity-ref.ts';

/** Resolvers that Backstage installations know: `$text`, `$json`, `$yaml`, and the optional API bundlers. */
const placeholderKeys = new Set(['$text', '$json', '$yaml', '$openapi', '$asyncapi']);

/**
 * Whether the value stands for the content of another file: an object whose only key is a known `$resolver` with a
 * text value. This package reads no other file, so it takes such a value as "not known yet".
 */
export function isPlaceholder(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  const key = keys[0];
  return keys.length === 1 && key !== undefined && placeholderKeys.has(key) && typeof value[key] === 'string';
}
