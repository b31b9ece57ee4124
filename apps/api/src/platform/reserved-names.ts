/** Names that reach an object's prototype: whoever writes one as a key, or into a path, does not mean a field. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key is such a name. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAMES.has(name);
}

/** Whether a path has such a name as one of its parts, with dots or brackets between them and in any case. */
export function hasReservedName(path: string): boolean {
  return path
    .toLowerCase()
    .split(/[.[\]]/)
    .some((part) => RESERVED_NAMES.has(part.trim()));
}
