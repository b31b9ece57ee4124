import type { EntityDocuments } from './entity-documents.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** The catalog of one instant: what is in it, and its documents. */
export interface CatalogView {
  /** That of the present must not be kept over an `await`: a large change replaces it. */
  index: CatalogReadIndex;
  documents: EntityDocuments;
}
