import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPaths, MAX_CHANGED_PATHS } from './changed-paths.ts';

const entity = {
  kind: 'Component',
  metadata: { name: 'a', tags: ['x'] },
  spec: { owner: 'b', deep: { one: 1 } },
};

describe('changedPaths', () => {
  it('names what changed, came and went, by its whole path', () => {
    const after = {
      kind: 'Component',
      metadata: { name: 'a', tags: ['x', 'y'], annotations: { 'a.b/c': 'new' } },
      spec: { owner: 'other', deep: {} },
    };
    expect(changedPaths(entity, after)).toEqual([
      'metadata.tags',
      'metadata.annotations',
      'spec.owner',
      'spec.deep.one',
    ]);
    expect(changedPaths({ a: { 'b.c/d': '1' } }, { a: { 'b.c/d': '2' } })).toEqual(['a.b.c/d']);
  });

  it('tells a mapping from a list and from nothing', () => {
    expect(changedPaths({ a: [] }, { a: {} })).toEqual(['a']);
    expect(changedPaths({ a: null }, {})).toEqual(['a']);
    expect(changedPaths({ a: { b: 1 } }, { a: 1 })).toEqual(['a']);
  });

  it('does not take an inherited name for a value', () => {
    expect(changedPaths({}, JSON.parse('{"constructor":{"a":1}}'))).toEqual(['constructor']);
    expect(changedPaths({ toString: 'x' }, {})).toEqual(['toString']);
  });

  it('stops at its bound', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`key${index}`, index]));
    expect(changedPaths({}, many)).toHaveLength(MAX_CHANGED_PATHS);
  });

  it('finds nothing exactly when the values are equal', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(changedPaths(left, structuredClone(left))).toEqual([]);
        const areEqual = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
        expect(changedPaths({ at: left }, { at: right }).length === 0).toBe(areEqual);
      }),
      { examples: [[{}, []]] },
    );
  });
});

/**
 * The value with the keys of its mappings in order, each mapping marked so that none reads like a list;
 * inside a list the order of keys counts, as in the function.
 */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)])
    .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
  return { mapping: entries };
}
