import { createCatalogReader, type CatalogReader } from '../catalog-reader.ts';
import type { EntityDocuments } from '../entity-documents.ts';
import type { CatalogReadIndex } from '../read-index/catalog-read-index.ts';

/** A reader of an index that never changes, and of no past. */
export function readerOf(index: CatalogReadIndex, read: EntityDocuments['read']): CatalogReader {
  return createCatalogReader(
    { index, notReadyReason: undefined, catchUp: async () => true },
    { read },
    { at: () => Promise.reject(new Error('This test does not ask for the past.')) },
  );
}
