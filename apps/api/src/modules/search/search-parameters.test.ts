import { describe, expect, it } from 'vitest';
import { decodePage, encodePage, parseScope } from './search-parameters.ts';

describe('parseScope', () => {
  it.each([
    [{ types: 'a' }],
    [{ 'types[0]': 'a' }],
    [{ 'types[]': 'a' }],
    [{ types: ['a'] }],
    [{ 'types[]': ['a'], term: 'x', pageLimit: 3, unknown: 'y' }],
  ])('reads types in every way that a client may write them: %j', (query) => {
    expect(parseScope(query)).toEqual({ types: new Set(['a']), filters: new Map() });
  });

  it('reads several types, and filters with one value or more', () => {
    const query = {
      ...{ 'types[0]': 'a', 'types[1]': 'b', 'filters[kind]': 'API' },
      ...{ 'filters[owner][0]': 'x', 'filters[owner][1]': 'y', 'filters[lifecycle][]': ['p', 'q'] },
    };
    expect(parseScope(query)).toEqual({
      types: new Set(['a', 'b']),
      filters: new Map([
        ['kind', ['API']],
        ['owner', ['x', 'y']],
        ['lifecycle', ['p', 'q']],
      ]),
    });
    expect(parseScope({})).toEqual({ types: undefined, filters: new Map() });
  });

  it.each([
    [{ filters: 'kind' }],
    [{ 'filters[]': 'x' }],
    [{ 'filters[colour]': 'x' }],
    [{ 'filters[__proto__]': 'x' }],
    [{ 'filters[kind][a]': 'x' }],
    [{ 'filters[kind][0][1]': 'x' }],
    [{ 'filters[kind': 'x' }],
    [{ 'types[a]': 'x' }],
    [{ 'types[0][0]': 'x' }],
    [{ 'filters[kind]': { a: 'b' } }],
    [{ 'filters[kind]': 'x'.repeat(401) }],
    [{ 'filters[kind]': Array.from({ length: 51 }, String) }],
  ])('refuses %j', (query) => {
    expect(() => parseScope(query)).toThrow(expect.objectContaining({ code: 'search.bad-query' }));
  });
});

describe('page cursors', () => {
  it('come back as they were made', () => {
    for (const offset of [0, 25, 99_975]) expect(decodePage(encodePage(offset))).toBe(offset);
  });

  it.each(['', 'x', encodePage(-1), encodePage(1.5), encodePage(1e12), 'MTAw!MTAw.eyJ9'])(
    'are refused when they were made elsewhere: %j',
    (cursor) => {
      expect(() => decodePage(cursor)).toThrow(expect.objectContaining({ code: 'search.bad-query' }));
    },
  );
});
