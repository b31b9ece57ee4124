import { flattenFacts } from '@waymark/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryList, queryPage } from './entity-query.ts';
import { CatalogReadIndex, type IndexedEntity } from './read-index/catalog-read-index.ts';

/** An entity whose title is what it is sorted by; without one it has nothing to sort by. */
function entity(id: number, title: string | undefined): IndexedEntity {
  const name = `n${String(id).padStart(3, '0')}`;
  const metadata = { name, uid: `uid-${name}`, ...(title === undefined ? {} : { title }) };
  return {
    ...{ id, ref: `component:default/${name}`, version: 1, uid: metadata.uid, relations: [] },
    facts: flattenFacts({ apiVersion: 'v1', kind: 'Component', metadata }),
  };
}

const titles = fc.constantFrom('A', 'b', 'B', 'c', undefined);
const byTitle = (direction: 'asc' | 'desc') => [{ field: 'metadata.title', direction }];
const refsOf = (index: CatalogReadIndex, slots: readonly number[]) => slots.map((slot) => index.refOf(slot));

describe('a walk with cursors', () => {
  it('meets everything that does not change once and in order, both ways, whatever else comes and goes', () => {
    const change = fc.record({
      id: fc.integer({ min: 100, max: 130 }),
      title: titles,
      isRemoved: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(titles, { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.array(change, { maxLength: 4 })),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
        (steady, changes, limit, direction) => {
          const index = new CatalogReadIndex();
          const upserts = steady.map((title, id) => entity(id, title));
          index.apply({ version: 1, upserts, removals: [] });
          const isSteady = new Set(upserts.map(({ ref }) => ref));
          const changeSomething = () => {
            for (const { id, title, isRemoved } of changes.next().value) {
              index.apply({
                version: 2,
                upserts: isRemoved ? [] : [entity(id, title)],
                removals: isRemoved ? [id] : [],
              });
            }
          };
          const expected = refsOf(index, queryPage(index, { order: byTitle(direction), limit: 1000 }).slots);
          expect(expected).toHaveLength(steady.filter((title) => title !== undefined).length);

          const forwards: string[] = [];
          let page = queryPage(index, { order: byTitle(direction), limit });
          for (;;) {
            forwards.push(...refsOf(index, page.slots));
            if (page.nextCursor === undefined) break;
            changeSomething();
            page = queryPage(index, { cursor: page.nextCursor, limit });
          }
          expect(forwards.filter((ref) => isSteady.has(ref))).toEqual(expected);

          const backwards: string[] = refsOf(index, page.slots);
          while (page.prevCursor !== undefined) {
            changeSomething();
            page = queryPage(index, { cursor: page.prevCursor, limit });
            backwards.unshift(...refsOf(index, page.slots));
          }
          expect(backwards.filter((ref) => isSteady.has(ref))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('carries predicate, filter, text and the missing total from page to page', () => {
    const index = new CatalogReadIndex();
    const upserts = Array.from({ length: 9 }, (_, id) => entity(id, id % 2 === 0 ? 'Even one' : 'Odd one'));
    index.apply({ version: 1, upserts, removals: [] });
    const first = queryPage(index, {
      filter: ['kind=component'],
      query: { $not: { 'metadata.name': 'n004' } },
      text: { term: 'EVEN', fields: ['Metadata.Title'] },
      isTotalOmitted: true,
      limit: 2,
    });
    const second = queryPage(index, { cursor: first.nextCursor ?? '', limit: 2 });
    expect(refsOf(index, [...first.slots, ...second.slots])).toEqual(
      ['n000', 'n002', 'n006', 'n008'].map((name) => `component:default/${name}`),
    );
    expect([first.totalItems, second.totalItems, second.nextCursor]).toEqual([0, 0, undefined]);
  });

  it('has entities that came while the catalog was empty and already asked', () => {
    const index = new CatalogReadIndex();
    expect(queryPage(index, { limit: 20 }).totalItems).toBe(0);
    index.apply({ version: 1, upserts: [entity(0, 'A'), entity(1, 'B')], removals: [] });
    expect(queryPage(index, { limit: 20 })).toMatchObject({ slots: [0, 1], totalItems: 2 });
    expect(index.slotOfUid('UID-n001')).toBe(1);
    expect(index.slotOfUid('uid-n0')).toBeUndefined();
  });
});

describe('the older list', () => {
  it.each<['asc' | 'desc', string[]]>([
    ['asc', ['n001', 'n003', 'n000', 'n004', 'n002', 'n005']],
    ['desc', ['n000', 'n004', 'n001', 'n003', 'n002', 'n005']],
  ])('has entities without the field to sort by last, %s, on every page of a walk', (direction, expected) => {
    const index = new CatalogReadIndex();
    const sorted = ['b', 'a', undefined, 'A', 'B', undefined];
    index.apply({ version: 1, upserts: sorted.map((title, id) => entity(id, title)), removals: [] });
    const found: string[] = [];
    let page = queryList(index, { order: byTitle(direction), limit: 2 });
    for (;;) {
      found.push(...refsOf(index, page.slots));
      if (page.after === undefined) break;
      page = queryList(index, { order: byTitle(direction), after: page.after });
    }
    expect(found).toEqual(expected.map((name) => `component:default/${name}`));
  });
});
