import { describe, expect, it } from 'vitest';
import { parsePredicate, predicateLimits } from './predicate.ts';

const nested = (levels: number, wrap: (inner: object) => object) => {
  let predicate: object = { kind: 'component' };
  for (let level = 0; level < levels; level += 1) predicate = wrap(predicate);
  return { ...predicate };
};
const conditions = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`spec.k${index}`, 'x']));

describe('a predicate', () => {
  it('is read with its keys and values in lower case, numbers and booleans as text', () => {
    expect(
      parsePredicate({
        $any: [{ Kind: 'API', 'spec.Port': 8080 }, { $not: { 'spec.on': { $in: [true, 'Yes'] } } }],
      }),
    ).toEqual({
      any: [
        {
          all: [
            { key: 'kind', equals: ['api'] },
            { key: 'spec.port', equals: ['8080'] },
          ],
        },
        { not: { all: [{ key: 'spec.on', equals: ['true', 'yes'] }] } },
      ],
    });
    expect(parsePredicate({})).toEqual({ all: [] });
  });

  it('finds relations by $contains', () => {
    expect(
      parsePredicate({ Relations: { $contains: { Type: 'OwnedBy', targetRef: 'Group:Default/A' } } }),
    ).toEqual({
      all: [{ key: 'relations.ownedby', equals: ['group:default/a'] }],
    });
    expect(parsePredicate({ relations: { $contains: { type: 'ownedBy' } } })).toEqual({
      all: [{ key: 'relations.ownedby', exists: true }],
    });
  });

  it.each([
    ['an unknown operator', { kind: { $like: 'x' } }],
    ['an unknown combination', { $none: [] }],
    ['an operator beside a field', { $all: [], kind: 'x' }],
    ['two operators in one matcher', { kind: { $exists: true, $in: ['x'] } }],
    ['a matcher with a stray key', { kind: { $exists: true, x: 1 } }],
    ['null', { kind: null }],
    ['a list as a value', { kind: ['x'] }],
    ['$all of an object', { $all: {} }],
    ['a value that stands alone', { $not: 'x' }],
    ['$not on the right side', { kind: { $not: 'x' } }],
    ['$in of objects', { kind: { $in: [{}] } }],
    ['$hasPrefix of a number', { kind: { $hasPrefix: 7 } }],
    ['$contains of an object in a list that is no relations', { 'spec.list': { $contains: { x: 'y' } } }],
    ['relations without a type', { relations: { $contains: { targetRef: 'a:b/c' } } }],
    ['relations with another key', { relations: { $contains: { type: 'x', name: 'y' } } }],
    ['relations with the type twice', { relations: { $contains: { type: 'x', Type: 'y' } } }],
    ['relations to none of no targets', { relations: { $contains: { type: 'x', targetRef: { $in: [] } } } }],
    ['relations to a prefix', { relations: { $contains: { type: 'x', targetRef: { $hasPrefix: 'y' } } } }],
    ['a prototype as a key', JSON.parse('{"__proto__": {"kind": "x"}}') as Record<string, unknown>],
    ['a prototype in a path', { 'metadata.Constructor.name': 'x' }],
    ['a prototype below an operator', { relations: { $contains: { prototype: 'x' } } }],
    ['too many levels', nested(predicateLimits.maxDepth + 5, (inner) => ({ $all: [inner] }))],
    ['far too many levels', nested(5_000, (inner) => ({ $all: [inner] }))],
    ['levels of matchers', nested(500, (inner) => ({ kind: { $contains: inner } }))],
    ['too many conditions', conditions(predicateLimits.maxConditions + 1)],
    ['too many values', { kind: { $in: Array.from({ length: predicateLimits.maxValues + 1 }, String) } }],
    ['too much text', { kind: 'x'.repeat(predicateLimits.maxCharacters + 1) }],
  ])('is refused with a reason: %s', (_, predicate) => {
    expect(() => parsePredicate({ ...predicate })).toThrow(
      expect.objectContaining({
        code: 'catalog.bad-predicate',
        message: expect.stringMatching(/\w{3}.*\./) as string,
      }),
    );
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
  });

  it('may be as large as the limits say', () => {
    expect(() =>
      parsePredicate(nested(predicateLimits.maxDepth, (inner) => ({ $all: [inner] }))),
    ).not.toThrow();
    expect(() => parsePredicate(conditions(predicateLimits.maxConditions))).not.toThrow();
  });
});
