import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { CatalogView } from './catalog-view.ts';
import type { EntityDocuments } from './entity-documents.ts';
import type { PastCatalogs } from './past-catalogs.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** What a question may say about the catalog that it asks. */
export interface CatalogRequest {
  /** ISO instant: the catalog as it was then. */
  asOf?: string | undefined;
}

/** The catalog for those who compute with it. */
export interface CatalogReader {
  /**
   * The index of the present. Do not keep it over an `await`: a large change replaces it.
   *
   * @throws AppError `catalog.not-ready` until the first load is done
   */
  index(): CatalogReadIndex;
  /** Documents of the present. */
  readonly documents: EntityDocuments;
  /**
   * The catalog that a request asks.
   *
   * @throws AppError `catalog.not-ready`, and `catalog.bad-instant` for an instant that is still to come
   */
  view(request?: CatalogRequest): Promise<CatalogView>;
  /** Brings the present up to everything that is committed now; false when the database could not be asked. */
  catchUp(): Promise<boolean>;
}

export function createCatalogReader(
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason' | 'catchUp'>,
  documents: EntityDocuments,
  past: PastCatalogs,
): CatalogReader {
  const index = () => {
    const reason = synchronizer.notReadyReason;
    if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
    return synchronizer.index;
  };
  return {
    index,
    documents,
    catchUp: () => synchronizer.catchUp(),
    view: async ({ asOf } = {}) => (asOf === undefined ? { index: index(), documents } : past.at(asOf)),
  };
}
