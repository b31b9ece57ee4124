import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordJoints } from './word-joints.ts';

/** The joints of a value's words, as positions in the compound. */
function jointsOf(parts: readonly string[]): number[] {
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('').length);
}

function jointsWith(...compounds: string[][]): WordJoints {
  const joints = new WordJoints();
  for (const parts of compounds) joints.add(parts);
  return joints;
}

describe('the joints of compounds', () => {
  it('are known for every term that stands across one', () => {
    const part = fc.string({ unit: fc.constantFrom(...'abc1ß界'), minLength: 1, maxLength: 6 });
    const compound = fc.array(part, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(compound, { minLength: 1, maxLength: 5 }), (compounds) => {
        const joints = jointsWith(...compounds);
        for (const parts of compounds) {
          const whole = parts.join('');
          for (const joint of jointsOf(parts)) {
            for (let start = 0; start < joint; start += 1) {
              for (let end = joint + 1; end <= whole.length; end += 1) {
                expect(joints.mayCross(whole.slice(start, end))).toBe(true);
              }
            }
          }
        }
      }),
    );
  });

  it.each(['payments', 'api', 'pay', 'a', 'ments', 'paymentsgateway', 'apipayments', 'orders'])(
    'of payments-api are not in %s',
    (term) => {
      expect(jointsWith(['payments', 'api']).mayCross(term)).toBe(false);
    },
  );

  it('are not confused with the same letters elsewhere', () => {
    expect(jointsWith(['ab', 'cd']).mayCross('abcd')).toBe(true);
    expect(jointsWith(['a', 'bcd']).mayCross('bcd')).toBe(false);
    expect(jointsWith(['only']).mayCross('only')).toBe(false);
  });
});
