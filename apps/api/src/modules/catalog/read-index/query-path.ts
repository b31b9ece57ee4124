import type { ProblemCode } from '@waymark/contracts';
import { AppError } from '../../../platform/errors/app-error.ts';

/** Names that reach an object's prototype: whoever writes one into a path does not look for an entity. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A path of a query as the index knows it: without blanks around it and in lower case.
 *
 * @throws AppError `code` for a path with a part that is the name of an object's prototype
 */
export function toIndexKey(path: string, code: ProblemCode): string {
  const key = path.trim().toLowerCase();
  if (key.split('.').some((part) => RESERVED_NAMES.has(part))) {
    throw new AppError(code, `"${path}" is no path of an entity. Name a field, for example metadata.name.`);
  }
  return key;
}
