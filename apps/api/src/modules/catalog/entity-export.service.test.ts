import { flattenFacts } from '@waymark/catalog-model';
import { describe, expect, it } from 'vitest';
import { createEntityExports } from './entity-export.service.ts';
import { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { readerOf } from './testing/fixed-reader.ts';

const caller = { actor: { ref: 'user:default/guest' }, requestId: 'a-request' };

function catalogOf(size: number) {
  const index = new CatalogReadIndex();
  const documents = Array.from({ length: size }, (_, id) => ({
    apiVersion: 'v1',
    kind: 'Component',
    metadata: { name: `n${String(id).padStart(5, '0')}` },
  }));
  index.apply({
    version: 1,
    upserts: documents.map((document, id) => ({
      ...{
        id,
        ref: `component:default/${document.metadata.name}`,
        version: 1,
        uid: `uid-${id}`,
        relations: [],
      },
      facts: flattenFacts(document),
    })),
    removals: [],
  });
  const reads: number[] = [];
  const read = async (_: CatalogReadIndex, slots: readonly number[]) => {
    reads.push(slots.length);
    return slots.map((slot) => JSON.stringify(documents[slot]));
  };
  return { reads, reader: readerOf(index, read) };
}

describe('an export', () => {
  it('is refused when more would match than it may hold', async () => {
    const exports = createEntityExports(catalogOf(11).reader, 10);
    await expect(exports.exportEntities(caller, { format: 'csv' })).rejects.toMatchObject({
      code: 'catalog.export-too-large',
      message: expect.stringContaining('11 entities match') as string,
    });
    const filter = ['metadata.name=n00001'];
    await expect(exports.exportEntities(caller, { format: 'csv', filter })).resolves.toBeDefined();
  });

  it('reads entities as they are taken, not all at once', async () => {
    const { reads, reader } = catalogOf(2_000);
    const { body } = await createEntityExports(reader).exportEntities(caller, { format: 'json' });
    let text = '';
    let readsAfterFirst = 0;
    for await (const piece of body) {
      text += String(piece);
      readsAfterFirst ||= reads.length;
    }
    expect(readsAfterFirst).toBeLessThanOrEqual(3);
    expect(reads.length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...reads)).toBeLessThanOrEqual(200);
    expect(JSON.parse(text)).toHaveLength(2_000);
  });
});
