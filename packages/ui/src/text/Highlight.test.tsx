import { expect, test } from 'vitest';
import { matchPieces } from './Highlight.tsx';

const marked = (text: string, term: string) =>
  matchPieces(text, term)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

test('marks every occurrence of every word in any case', () => {
  expect(marked('Ledger of ledgers', 'ledger')).toBe('[Ledger] of [ledger]s');
  expect(marked('Account information service', 'serv acc')).toBe('[Acc]ount information [serv]ice');
});

test('takes the term for letters, not for a pattern', () => {
  expect(marked('a.b (c) axb', '.b (c)')).toBe('a[.b] [(c)] axb');
  expect(marked('name', '.*')).toBe('name');
});

test('joins marks that touch or overlap', () => {
  expect(marked('ledger', 'led dger')).toBe('[ledger]');
});

test('leaves texts alone whose letters change their number in lower case', () => {
  expect(matchPieces('İİİ ledger', 'ledger')).toEqual([{ text: 'İİİ ledger', isMatch: false }]);
});
