import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import type { EntityDocuments } from './entity-documents.ts';

/** What a question may say about the catalog that it asks. */
export interface ViewRequest {
  asOf?: string | undefined;
}

/** Where the parts of the catalog's service look. */
export interface CatalogView {
  /**
   * The index that answers a request. Take it anew after each further `await`: it changes in between.
   *
   * @throws AppError `catalog.not-ready` while the catalog is still loading
   */
  indexFor(request?: ViewRequest): Promise<CatalogReadIndex>;
  readonly documents: EntityDocuments;
}
