import { parseRef, stringifyRef } from '@waymark/catalog-model';
import { AppError } from '../../platform/errors/app-error.ts';

/**
 * The canonical form of a reference that a caller wrote.
 *
 * @throws AppError `catalog.bad-reference`
 */
export function canonicalRef(text: string): string {
  try {
    return stringifyRef(parseRef(text));
  } catch (error) {
    throw new AppError(
      'catalog.bad-reference',
      `"${text}" is no entity reference. Write kind:namespace/name, for example component:default/payments.`,
      { cause: error },
    );
  }
}

/** The error for a reference that nothing in the catalog has. */
export function entityNotFound(ref: string): AppError {
  return new AppError(
    'catalog.entity-not-found',
    `There is no entity ${ref}. Check the spelling, or look at the sources page for errors in its file.`,
  );
}
