import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExactNumber } from './exact-number.ts';

describe('readExactNumber', () => {
  it.each([
    ['0', 0],
    ['-12', -12],
    ['+7', 7],
    ['007', 7],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1.5E-7', 1.5e-7],
    ['0x1F', 31],
    ['0o17', 15],
    ['9007199254740993e0', undefined],
    ['9007199254740992', 9007199254740992],
    ['1000000000000000000000', 1e21],
    ['0.1', 0.1],
    ['3.14159265358979323846', undefined],
    ['12345678901234567890', undefined],
    ['0xFFFFFFFFFFFFFFFF', undefined],
    ['1e400', undefined],
    ['-1e400', undefined],
    ['1e-400', undefined],
    ['.inf', undefined],
    ['-.INF', undefined],
    ['.nan', undefined],
    ['9'.repeat(100_000), undefined],
  ])('reads %s', (text, value) => {
    expect(readExactNumber(text)).toBe(value);
  });

  it('reads back every number that JSON writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readExactNumber(JSON.stringify(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('reads an integer of any size so that JSON writes the same value, or not at all', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (value) => {
        const read = readExactNumber(String(value));
        expect(writtenInteger(read ?? Number(value)) === value).toBe(read !== undefined);
      }),
    );
  });
});

/** The integer that JSON writes for a number, with its exponent spelt out. */
function writtenInteger(value: number): bigint | undefined {
  const [mantissa = '', exponent = '0'] = JSON.stringify(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const zeros = Number(exponent) - fraction.length;
  return zeros < 0 ? undefined : BigInt(whole + fraction) * 10n ** BigInt(zeros);
}
