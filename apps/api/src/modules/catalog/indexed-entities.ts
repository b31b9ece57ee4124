import { flattenFacts, type Entity } from '@waymark/catalog-model';
import type { EntityRelation } from '@waymark/contracts';
import type { EntityRow } from './catalog.repository.ts';
import type { IndexedEntity } from './read-index/catalog-read-index.ts';
import { searchWordsOf } from './read-index/search-words.ts';

/** Rows prepared between two turns of the event loop. */
export const PREPARE_CHUNK = 200;

/** Parses and flattens rows in small turns, so that requests are answered in between. */
export async function prepareEntities(
  rows: readonly EntityRow[],
  { isSearched }: { isSearched: boolean },
): Promise<IndexedEntity[]> {
  const entities: IndexedEntity[] = [];
  for (let start = 0; start < rows.length; start += PREPARE_CHUNK) {
    if (start > 0) await nextTurn();
    for (const row of rows.slice(start, start + PREPARE_CHUNK)) {
      entities.push(toIndexedEntity(row, isSearched));
    }
  }
  return entities;
}

/** Lets whatever waits have its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function toIndexedEntity(row: EntityRow, isSearched: boolean): IndexedEntity {
  // The column holds what the writer validated as an entity.
  const entity = JSON.parse(row.entityJson) as Entity;
  entity.metadata.uid = row.uid;
  return {
    id: row.id,
    ref: row.ref,
    uid: row.uid,
    version: row.version,
    facts: flattenFacts(entity),
    ...(isSearched ? { searchWords: searchWordsOf(entity) } : {}),
    relations: row.relations === '' ? [] : row.relations.split('\n').map(parseRelation),
  };
}

/** `type target-ref`, as the writer stores an edge. */
function parseRelation(text: string): EntityRelation {
  const space = text.indexOf(' ');
  return { type: text.slice(0, space), targetRef: text.slice(space + 1) };
}
