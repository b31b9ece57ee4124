import { LRUCache } from 'lru-cache';
import type { CatalogRepository, DocumentRow } from './catalog.repository.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

const METADATA_START = '"metadata":{';

/** Full entities as JSON text, by their slots in the index. */
export interface EntityDocuments {
  /** In the order of the slots; an entity that went in the meantime is left out as undefined. */
  read(index: CatalogReadIndex, slots: readonly number[]): Promise<(string | undefined)[]>;
}

/**
 * Composes entities from what the database keeps (document, status) and what the index knows
 * (edges), and remembers the text until the entity's version changes.
 */
export function createEntityDocuments(
  repository: Pick<CatalogRepository, 'readDocuments'>,
  options: {
    /** Memory for composed documents, in characters (one byte each for plain Latin text). */
    maxCachedCharacters: number;
    /** Told of the versions of rows that were read: they may be newer than the index. */
    noteShown?: (version: number) => void;
  },
): EntityDocuments {
  const cache = new LRUCache<number, { version: number; json: string }>({
    maxSize: options.maxCachedCharacters,
    sizeCalculation: ({ json }) => json.length + 64,
  });

  return {
    async read(index, slots) {
      const entities = slots.map((slot) => index.entityAt(slot));
      const texts = new Map<number, string>();
      // The edges must be those of the index that the slots belong to, so they are taken before the wait.
      const missing = new Map<number, string>();
      slots.forEach((slot, position) => {
        const entity = entities[position];
        if (!entity) return;
        const cached = cache.get(entity.id);
        if (cached?.version === entity.version) texts.set(entity.id, cached.json);
        else missing.set(entity.id, JSON.stringify(index.relationsOf(slot)));
      });
      for (const row of missing.size > 0 ? await repository.readDocuments([...missing.keys()]) : []) {
        options.noteShown?.(row.version);
        texts.set(row.id, compose(row, missing.get(row.id) ?? '[]'));
      }
      return entities.map((entity) => {
        const json = entity && texts.get(entity.id);
        if (entity && json !== undefined && missing.has(entity.id)) {
          cache.set(entity.id, { version: entity.version, json });
        }
        return json;
      });
    },
  };
}

/**
 * Puts uid, etag, relations and status into an entity's JSON text without parsing it. The text
 * begins with `apiVersion`, `kind` and `metadata`, so the first `"metadata":{` is the right one:
 * neither of the two values before it may hold a quote.
 */
export function compose(row: DocumentRow, relationsJson: string): string {
  const start = row.entityJson.indexOf(METADATA_START) + METADATA_START.length;
  const status = row.statusItemsJson === null ? '' : `,"status":{"items":${row.statusItemsJson}}`;
  return `${row.entityJson.slice(0, start)}"uid":"${row.uid}","etag":"${etagOf(row)}",${row.entityJson.slice(
    start,
    -1,
  )},"relations":${relationsJson}${status}}`;
}

/** Changes whenever the entity, its status or one of its edges does. */
function etagOf({ id, version }: { id: number; version: number }): string {
  return `${id.toString(36)}-${version.toString(36)}`;
}
