import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { EntityDocuments } from './entity-documents.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** The catalog for those who compute with it: the index in memory, and the documents behind its slots. */
export interface CatalogReader {
  /**
   * The index as it is now. Do not keep it over an `await`: a large change replaces it.
   *
   * @throws AppError `catalog.not-ready` until the first load is done
   */
  index(): CatalogReadIndex;
  readonly documents: EntityDocuments;
}

export function createCatalogReader(
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason'>,
  documents: EntityDocuments,
): CatalogReader {
  return {
    index() {
      const reason = synchronizer.notReadyReason;
      if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
      return synchronizer.index;
    },
    documents,
  };
}
