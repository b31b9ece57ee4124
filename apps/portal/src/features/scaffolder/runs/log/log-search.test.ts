import { expect, test } from 'vitest';
import { findMatches, markedPieces, matchFrom } from './log-search.ts';
import { lineOfHash, rowIndexOfLine, rowsOf } from './log-rows.ts';
import type { LogLine } from './run-log.ts';

function line(number: number, text: string, stepId?: string): LogLine {
  return {
    number,
    eventId: number,
    at: '2026-11-27T15:48:04.066Z',
    stepId,
    level: 'info',
    stepStatus: undefined,
    event: undefined,
    text,
    pieces: undefined,
  };
}

const lines = [
  line(1, 'Copy a', 'copy'),
  line(2, 'Copied A.b', 'copy'),
  line(3, 'Run a.b', 'run'),
  line(4, 'over'),
];

test('lines stand under the names of their steps; what is of no step stands alone', () => {
  const shape = (stepId?: string) =>
    rowsOf(lines, stepId).map((row) => (row.kind === 'section' ? row.stepId : row.line.number));
  expect(shape()).toEqual(['copy', 1, 2, 'run', 3, 4]);
  expect(shape('run')).toEqual(['run', 3]);
  expect(shape('other')).toEqual([]);
});

test('finds every place in any case, and takes the term for letters', () => {
  const rows = rowsOf(lines, undefined);
  expect(findMatches(rows, 'a.B')).toEqual([
    { rowIndex: 2, start: 7 },
    { rowIndex: 4, start: 4 },
  ]);
  expect(findMatches(rows, '')).toEqual([]);
  expect(findMatches(rowsOf([line(1, 'aaaa')], undefined), 'aa').map(({ start }) => start)).toEqual([0, 2]);
});

test('the search begins at what is in sight, and else at the top', () => {
  const matches = [
    { rowIndex: 2, start: 0 },
    { rowIndex: 9, start: 0 },
  ];
  expect(matchFrom(matches, 5)).toBe(1);
  expect(matchFrom(matches, 10)).toBe(0);
  expect(matchFrom([], 3)).toBe(0);
});

test('marks cut through colours and keep them', () => {
  const pieces = [
    { text: 'one tw', marks: '' },
    { text: 'o three', colour: 'red' as const, marks: 'bold' },
  ];
  expect(markedPieces(pieces, 'TWO', 4)).toEqual([
    { text: 'one ', marks: '', match: 'none' },
    { text: 'tw', marks: '', match: 'current' },
    { text: 'o', colour: 'red', marks: 'bold', match: 'current' },
    { text: ' three', colour: 'red', marks: 'bold', match: 'none' },
  ]);
  expect(markedPieces(pieces, 'zzz', undefined).map(({ match }) => match)).toEqual(['none', 'none']);
});

test('an address names a line', () => {
  expect(lineOfHash('#L12')).toBe(12);
  expect(lineOfHash('#L')).toBeUndefined();
  expect(lineOfHash('#fetch:template')).toBeUndefined();
  expect(rowIndexOfLine(rowsOf(lines, undefined), 3)).toBe(4);
  expect(rowIndexOfLine(rowsOf(lines, 'copy'), 3)).toBe(-1);
});
