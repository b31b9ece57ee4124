import { parseRef, stringifyRef } from '@waymark/catalog-model';
import { AppError } from '../../platform/errors/app-error.ts';

/** Kind, namespace and name as they stand in a URL. */
export interface EntityName {
  kind: string;
  namespace: string;
  name: string;
}

/** @throws AppError `catalog.bad-reference` for a text that is no ref */
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

/** The error for an entity that is not there, named by ref or uid. */
export function entityNotFound(name: string): AppError {
  return new AppError(
    'catalog.entity-not-found',
    `There is no entity ${name}. Check the spelling, or look at the sources page for errors in its file.`,
  );
}
