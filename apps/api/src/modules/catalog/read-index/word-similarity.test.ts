import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMistakes, trigramSimilarity, WordSimilarity } from './word-similarity.ts';

const letters = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 12 });

describe('trigramSimilarity', () => {
  it.each([
    // What similarity() of PostgreSQL's pg_trgm answers.
    ['word', 'words', 0.571_428_6],
    ['payments', 'paymnets', 0.384_615_4],
    ['orders', 'ordres', 0.272_727_3],
    ['gateway', 'gateway', 1],
    ['aaaa', 'aa', 0.75],
    ['kafka', 'redis', 0],
  ])('of %s and %s is that of pg_trgm', (left, right, expected) => {
    expect(trigramSimilarity(left, right)).toBeCloseTo(expected, 6);
  });

  it('does not depend on the order of the words', () => {
    fc.assert(
      fc.property(letters, letters, (left, right) => {
        expect(trigramSimilarity(left, right)).toBe(trigramSimilarity(right, left));
      }),
    );
  });
});

describe('countMistakes', () => {
  it.each([
    ['orders', 'orders', 0],
    ['ordres', 'orders', 1],
    ['oders', 'orders', 1],
    ['orrders', 'orders', 1],
    ['irders', 'orders', 1],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['pyamnets', 'payments', 2],
  ])('from %s to %s is %d', (left, right, expected) => {
    expect(countMistakes(left, right)).toBe(expected);
  });

  it('takes the nearest beginning of the other word when that is asked for', () => {
    expect(countMistakes('paymn', 'payments', { isPrefix: true })).toBe(1);
    expect(countMistakes('paym', 'payments', { isPrefix: true })).toBe(0);
  });
});

describe('WordSimilarity', () => {
  it.each([
    ['ordres', 'orders'],
    ['paymnets', 'payments'],
    ['notificaton', 'notification'],
    ['paymn', 'payments'],
    ['kafak', 'kafka'],
    ['authentcation', 'authentication'],
    ['überweisnug', 'überweisung'],
  ])('takes %s for %s', (typed, meant) => {
    expect(new WordSimilarity(typed).to(meant)).toBeGreaterThan(0);
  });

  it.each([
    ['kafka', 'redis'],
    ['orders', 'border'],
    ['payments', 'payroll'],
    ['gateway', 'ledger'],
  ])('does not take %s for %s', (typed, other) => {
    expect(new WordSimilarity(typed).to(other)).toBe(0);
  });

  it('forgives nothing in short words and in numbers', () => {
    expect(WordSimilarity.isPossibleFor('api')).toBe(false);
    expect(WordSimilarity.isPossibleFor('00041')).toBe(false);
    expect(WordSimilarity.isPossibleFor('kafka')).toBe(true);
  });

  it('never rules out at a quick look what a careful one would accept', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeé'), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.array(letters, { maxLength: 5 }), word, (typed, before, other) => {
        const similarity = new WordSimilarity(typed);
        // Comparisons before this one must not spoil it.
        for (const each of before) similarity.mayBe(unitsOf(each), 0, each.length);
        if (similarity.to(other) > 0) expect(similarity.mayBe(unitsOf(other), 0, other.length)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

function unitsOf(word: string): Uint16Array {
  return Uint16Array.from(word, (letter) => letter.charCodeAt(0));
}
