import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogReadIndex, clearBit, createBitmap, setBit } from '../catalog/index.ts';
import { pageByScore } from './result-page.ts';

/** An index of entities `entity-0`, `entity-1`, … whose slots stand in another order than their names. */
function indexOf(count: number): CatalogReadIndex {
  const index = new CatalogReadIndex();
  const upserts = Array.from({ length: count }, (_, id) => {
    const name = `entity-${(id * 7) % count}`;
    return {
      ...{ id, ref: `component:default/${name}`, uid: String(id), version: 1, relations: [] },
      facts: [{ key: 'metadata.name', value: name, isItem: false }],
    };
  });
  index.apply({ version: 1, upserts, removals: [] });
  return index;
}

function nameOf(index: CatalogReadIndex, slot: number): string {
  return index.refOf(slot).replace('component:default/', '');
}

// Prime to seven, so that each name occurs once; the larger one is too many to be sorted as they are.
describe.each([40, 3_001])('a page of the results among %i entities', (count) => {
  const index = indexOf(count);
  const scored = fc.record({ slot: fc.nat(count - 1), score: fc.integer({ min: 1, max: 5 }) });

  it('has the highest scores first and equal ones by name', () => {
    const found = fc.uniqueArray(scored, { selector: ({ slot }) => slot, maxLength: 30 });
    const others = fc.constantFrom(0, count);
    fc.assert(
      fc.property(found, others, fc.nat(20), fc.integer({ min: 1, max: 20 }), (each, low, offset, limit) => {
        const slots = createBitmap(index.capacity);
        const scores = new Uint16Array(index.capacity);
        for (let slot = 0; slot < low; slot += 1) setBit(slots, slot);
        scores.fill(1, 0, low);
        for (const { slot, score } of each) {
          setBit(slots, slot);
          scores[slot] = score;
        }
        const all = Array.from(scores.keys()).filter((slot) => (scores[slot] ?? 0) > 0);
        all.sort(
          (left, right) =>
            (scores[right] ?? 0) - (scores[left] ?? 0) ||
            (nameOf(index, left) < nameOf(index, right) ? -1 : 1),
        );
        expect(pageByScore(index, slots, scores, { offset, limit })).toEqual(
          all.slice(offset, offset + limit),
        );
      }),
    );
  });

  it('follows entities that come and go', () => {
    const changing = indexOf(count);
    const slots = createBitmap(changing.capacity + 1);
    const scores = new Uint16Array(changing.capacity + 1).fill(1);
    const page = () => pageByScore(changing, slots, scores, { offset: 0, limit: 3 });
    for (let slot = 0; slot < count; slot += 1) setBit(slots, slot);
    const [first = 0, second, third] = page();
    changing.apply({ version: 2, upserts: [], removals: [changing.entityAt(first)?.id ?? 0] });
    clearBit(slots, first);
    expect(page().slice(0, 2)).toEqual([second, third]);
  });
});
