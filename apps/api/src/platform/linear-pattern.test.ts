import { describe, expect, it } from 'vitest';
import { compilePattern, patternProblem, replacePattern } from './linear-pattern.ts';

describe('a pattern of a configuration', () => {
  it('comes to its end with a pattern and a name that no backtracking engine could finish', () => {
    const pattern = compilePattern('(a+)+$');
    expect(pattern.test(`${'a'.repeat(100_000)}!`)).toBe(false);
    expect(pattern.test('a'.repeat(100_000))).toBe(true);
  });

  it.each([
    ['service-.*', 'service-ledger', true, true],
    ['^service-.*$', 'service-ledger', true, true],
    ['ledger', 'service-ledger', true, false],
    ['a|b', 'ab', true, false],
    ['[\\w-]+/\\d+', 'team-a/12', true, true],
    ['(?<team>\\p{L}+)\\u002d\\d', 'é-1', true, true],
    ['LEDGER', 'ledger', false, false],
  ])('%s reads as in JavaScript: %s', (source, text, matchesPart, matchesWhole) => {
    expect(compilePattern(source).test(text)).toBe(matchesPart);
    expect(compilePattern(source).testExact(text)).toBe(matchesWhole);
    expect(patternProblem(source)).toBeUndefined();
  });

  it.each([
    ['(', /missing closing \)/],
    ['[', /missing closing \]/],
    ['^(?!internal-).*$', /\(\?!/],
    ['(?<=a)b', /\(\?<=a\)b/],
    ['(a)\\1', /\\1/],
    ['(a{1,999}){1,999}', /too large/],
  ])('names what is wrong with %s', (source, message) => {
    expect(patternProblem(source)).toMatch(message);
    expect(() => compilePattern(source)).toThrow(message);
  });
});

it('replaces as JavaScript does', () => {
  expect(replacePattern('a=1 b=2', '(\\w)=(?<value>\\d)', '$1: $<value>$$')).toBe('a: 1$ b: 2$');
  expect(replacePattern(`${'a'.repeat(50_000)}!`, '(a+)+$', '')).toHaveLength(50_001);
});
