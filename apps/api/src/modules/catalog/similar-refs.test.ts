import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, findSimilarRefs } from './similar-refs.ts';

describe('editDistance', () => {
  it('counts letters that are missing, too many, wrong or swapped', () => {
    const distance = (left: string, right: string) => editDistance(left, right, 10);
    expect(distance('payments', 'payments')).toBe(0);
    expect(distance('payments', 'payment')).toBe(1);
    expect(distance('payments', 'paymants')).toBe(1);
    expect(distance('payments', 'paymetns')).toBe(1);
    expect(distance('abc', 'xyz')).toBe(3);
    expect(distance('', 'abc')).toBe(3);
  });

  it('is the same both ways, and never tells more than one over its bound', () => {
    const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 4 }), (left, right, maxEdits) => {
        const exact = editDistance(left, right, 100);
        expect(editDistance(right, left, 100)).toBe(exact);
        expect(editDistance(left, right, maxEdits)).toBe(Math.min(exact, maxEdits + 1));
      }),
    );
  });
});

describe('findSimilarRefs', () => {
  const refs = ['component:default/payments', 'api:default/paymets', 'api:other/payment', 'user:default/zoe'];

  it('gives the nearest first, and never the ref itself', async () => {
    expect(await findSimilarRefs(refs, 'component:default/paymets', 5)).toEqual([
      'api:default/paymets',
      'component:default/payments',
      'api:other/payment',
    ]);
    expect(await findSimilarRefs(refs, 'component:default/payments', 5)).not.toContain(
      'component:default/payments',
    );
  });

  it('gives no more than it is asked for, and nothing for a name that is far from all', async () => {
    expect(await findSimilarRefs(refs, 'component:default/paymets', 1)).toEqual(['api:default/paymets']);
    expect(await findSimilarRefs(refs, 'component:default/warehouse', 5)).toEqual([]);
  });
});
