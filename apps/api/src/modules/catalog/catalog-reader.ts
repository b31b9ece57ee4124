import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { EntityDocuments } from './entity-documents.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** What a question may say about the catalog that it asks. */
export interface CatalogRequest {
  asOf?: string | undefined;
}

/** The catalog for those who compute with it: the index in memory, and the documents behind its slots. */
export interface CatalogReader {
  /**
   * The index as it is now. Do not keep it over an `await`: a large change replaces it.
   *
   * @throws AppError `catalog.not-ready` until the first load is done
   */
  index(): CatalogReadIndex;
  /** The index that answers a request, under the same conditions. */
  indexFor(request?: CatalogRequest): Promise<CatalogReadIndex>;
  readonly documents: EntityDocuments;
}

export function createCatalogReader(
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason'>,
  documents: EntityDocuments,
): CatalogReader {
  const index = () => {
    const reason = synchronizer.notReadyReason;
    if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
    return synchronizer.index;
  };
  return { index, indexFor: async () => index(), documents };
}
