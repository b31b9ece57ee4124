import { createHash } from 'node:crypto';
import { flattenFacts } from '@waymark/catalog-model';
import { describe, expect, it } from 'vitest';
import type { EntityPlace } from './catalog.repository.ts';
import { createAncestry } from './entity-ancestry.ts';
import { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { readerOf } from './testing/fixed-reader.ts';

interface Given {
  ref: string;
  path: string;
  targets?: string[];
  sourceId?: string;
  annotations?: Record<string, string>;
}

/** Reads ancestries of a catalog where a target leads to the file of exactly its name. */
function ancestryOf(given: readonly Given[]) {
  const index = new CatalogReadIndex();
  const documents = given.map(({ ref, annotations = {} }) => {
    const [kind = '', name = ''] = ref.split(/:default\//);
    return { apiVersion: 'v1', kind, metadata: { name, annotations } };
  });
  index.apply({
    version: 1,
    upserts: given.map(({ ref }, id) => ({
      ...{ id, ref, version: 1, uid: `uid-${id}`, relations: [] },
      facts: flattenFacts(documents[id] ?? { apiVersion: '', kind: '', metadata: { name: '' } }),
    })),
    removals: [],
  });
  const places = given.map(({ ref, path, targets = [], sourceId = '1', annotations = {} }): EntityPlace => ({
    ref,
    path,
    targets,
    sourceId,
    annotations,
  }));
  const read = createAncestry(
    readerOf(index, async (_, slots) =>
      slots.map((slot) => (slot < 0 ? undefined : JSON.stringify(documents[slot]))),
    ),
    { readPlaces: async (refs) => places.filter(({ ref }) => refs.includes(ref)) },
    (_from, target, path) => target === path,
  );
  return async (ref: string) =>
    (await read(ref)).items.map(({ entity, parentEntityRefs }) => [entity.metadata.name, parentEntityRefs]);
}

describe('an ancestry', () => {
  it('has every way that leads to an entity, of its own source, and ends where locations point at each other', async () => {
    const items = ancestryOf([
      { ref: 'component:default/one', path: 'one.yaml' },
      { ref: 'location:default/a', path: 'a.yaml', targets: ['one.yaml', 'b.yaml'] },
      { ref: 'location:default/b', path: 'b.yaml', targets: ['one.yaml', 'a.yaml', 'b.yaml'] },
      { ref: 'location:default/elsewhere', path: 'c.yaml', targets: ['one.yaml'], sourceId: '2' },
    ]);
    expect(await items('component:default/one')).toEqual([
      ['one', ['location:default/a', 'location:default/b']],
      ['b', ['location:default/a']],
      ['a', ['location:default/b']],
    ]);
    await expect(items('component:default/two')).rejects.toMatchObject({ code: 'catalog.entity-not-found' });
  });

  it('ends with the Location entity of the registered location, where the catalog has one', async () => {
    const origin = 'url:https://example.com/all.yaml';
    const registered = `location:default/generated-${createHash('sha1').update(origin).digest('hex')}`;
    const annotations = { 'backstage.io/managed-by-origin-location': origin };
    const items = ancestryOf([
      { ref: 'component:default/one', path: 'one.yaml', annotations },
      { ref: 'location:default/a', path: 'a.yaml', targets: ['one.yaml'], annotations },
      { ref: registered, path: 'all.yaml', annotations },
      { ref: 'component:default/unannotated', path: 'two.yaml' },
    ]);
    expect(await items('component:default/one')).toEqual([
      ['one', ['location:default/a']],
      ['a', [registered]],
      [registered.split('/')[1], []],
    ]);
    expect(await items(registered)).toEqual([[registered.split('/')[1], []]]);
    expect(await items('component:default/unannotated')).toEqual([['unannotated', []]]);
  });
});
