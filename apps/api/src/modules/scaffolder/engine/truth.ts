import type { JsonValue } from './json.ts';

/** Backstage's idea of what is true: an empty list is not, and neither is the text `false`, which a template may give. */
export function isTruthy(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value) && value !== 'false';
}
