import type { ProblemCode } from '@waymark/contracts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { hasReservedName } from '../../../platform/reserved-names.ts';

/**
 * A path of a query as the index knows it: without blanks around it and in lower case.
 *
 * @throws AppError `code` for a path with a part that is the name of an object's prototype
 */
export function toIndexKey(path: string, code: ProblemCode): string {
  const key = path.trim().toLowerCase();
  if (hasReservedName(key)) {
    throw new AppError(code, `"${path}" is no path of an entity. Name a field, for example metadata.name.`);
  }
  return key;
}
