import { expect, test } from 'vitest';
import { markedPieces } from './marked-pieces.ts';

const highlight = (text: string) => ({ preTag: '<tag>', postTag: '</tag>', fields: { title: text } });

test('a text is cut at the marks of the server', () => {
  expect(markedPieces(highlight('the <tag>led</tag>ger <tag>book</tag>'), 'title')).toEqual([
    { text: 'the ', isMatch: false },
    { text: 'led', isMatch: true },
    { text: 'ger ', isMatch: false },
    { text: 'book', isMatch: true },
  ]);
});

test('markup of an author stays text, and a mark without an end marks nothing', () => {
  expect(markedPieces(highlight('<b><tag>x</tag></b>'), 'title')).toEqual([
    { text: '<b>', isMatch: false },
    { text: 'x', isMatch: true },
    { text: '</b>', isMatch: false },
  ]);
  expect(markedPieces(highlight('a <tag>b'), 'title')).toEqual([
    { text: 'a ', isMatch: false },
    { text: 'b', isMatch: false },
  ]);
});

test('a field without marks is left to the page', () => {
  expect(markedPieces(highlight('x'), 'text')).toBeUndefined();
  expect(markedPieces(undefined, 'title')).toBeUndefined();
});
