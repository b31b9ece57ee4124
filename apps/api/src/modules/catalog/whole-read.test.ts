import { describe, expect, it } from 'vitest';
import { createCatalogReader } from './catalog-reader.ts';
import type { DocumentRow } from './catalog.repository.ts';
import { createEntityDocuments } from './entity-documents.ts';
import { createEntityQueries } from './entity-queries.service.ts';
import { createEntityReads } from './entity-reads.service.ts';
import { CatalogReadIndex, type IndexedEntity } from './read-index/catalog-read-index.ts';

const caller = { actor: { ref: 'user:default/guest' }, requestId: 'test' };
const ref = 'component:default/one';
const name = { kind: 'component', namespace: 'default', name: 'one' };

/** The row of the one entity, under whatever id it has now. */
function indexed(id: number, version: number): IndexedEntity {
  return {
    id,
    ref,
    uid: 'uid',
    version,
    facts: [{ key: 'metadata.uid', value: 'uid', isItem: false }],
    relations: [],
  };
}

function document(id: number, version: number): DocumentRow {
  const entityJson = '{"apiVersion":"v1","kind":"Component","metadata":{"name":"one"}}';
  return { id, version, uid: 'uid', entityJson, statusItemsJson: null };
}

/** A service whose index still has row 1, while the database has what `rows` says. */
function behind(rows: DocumentRow[], catchUp: (index: CatalogReadIndex) => void) {
  const index = new CatalogReadIndex();
  index.apply({ version: 1, upserts: [indexed(1, 1)], removals: [] });
  const documents = createEntityDocuments(
    { readDocuments: async (ids) => rows.filter((row) => ids.includes(row.id)) },
    { maxCachedCharacters: 1_000_000 },
  );
  const unused = () => Promise.reject(new Error('This test does not come here.'));
  const synchronizer = {
    index,
    notReadyReason: undefined,
    catchUp: async () => {
      catchUp(index);
      return true;
    },
  };
  const reader = createCatalogReader(synchronizer, documents, { at: unused });
  const repository = { readOrigin: unused, readPlaces: unused };
  return { ...createEntityQueries(reader), ...createEntityReads(reader, repository, () => false) };
}

describe('an entity whose row was replaced since the index looked', () => {
  const follow = (index: CatalogReadIndex) =>
    index.apply({ version: 2, upserts: [indexed(2, 2)], removals: [1] });

  it('is given all the same, by name, by reference and in a page', async () => {
    const one = await behind([document(2, 2)], follow).getEntity(caller, name);
    expect(JSON.parse(one.text)).toMatchObject({ metadata: { name: 'one', etag: '2-2' } });
    const many = await behind([document(2, 2)], follow).getEntitiesByRefs(caller, {
      query: {},
      body: { entityRefs: [ref, 'component:default/never'] },
    });
    expect(JSON.parse(many.text)).toMatchObject({ items: [{ metadata: { etag: '2-2' } }, null] });
    const page = await behind([document(2, 2)], follow).queryEntities(caller, {});
    expect(JSON.parse(page.text)).toMatchObject({ totalItems: 1, items: [{ metadata: { etag: '2-2' } }] });
  });

  it('is missing when it is really gone', async () => {
    const forget = (index: CatalogReadIndex) => index.apply({ version: 2, upserts: [], removals: [1] });
    await expect(behind([], forget).getEntity(caller, name)).rejects.toMatchObject({
      code: 'catalog.entity-not-found',
    });
    const page = await behind([], forget).queryEntities(caller, {});
    expect(JSON.parse(page.text)).toMatchObject({ totalItems: 0, items: [] });
  });

  it('does not make anybody wait for ever when the index cannot follow', async () => {
    await expect(behind([], () => {}).getEntity(caller, name)).rejects.toMatchObject({
      code: 'catalog.entity-not-found',
    });
  });
});
