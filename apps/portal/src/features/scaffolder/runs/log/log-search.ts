import type { LogPiece } from './ansi-pieces.ts';
import type { LogRow } from './log-rows.ts';

/** A place where the term stands. */
export interface LogMatch {
  rowIndex: number;
  start: number;
}

/** Every place of a term in the lines, in any case. The term is letters, never a pattern. */
export function findMatches(rows: readonly LogRow[], term: string): LogMatch[] {
  const wanted = term.toLowerCase();
  if (wanted === '') return [];
  return rows.flatMap((row, rowIndex) =>
    row.kind === 'line' ? startsIn(row.line.text, wanted).map((start) => ({ rowIndex, start })) : [],
  );
}

function startsIn(text: string, wanted: string): number[] {
  const lower = text.toLowerCase();
  // Folding the case of a few letters changes their length (İ): then places would not agree.
  if (lower.length !== text.length) return [];
  const starts: number[] = [];
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    starts.push(at);
  }
  return starts;
}

/** The match to begin at: the first one that is not above a row, or else the first of all. */
export function matchFrom(matches: readonly LogMatch[], rowIndex: number): number {
  const index = matches.findIndex((match) => match.rowIndex >= rowIndex);
  return Math.max(index, 0);
}

/** A part of a line with its colour, and whether it is a found one. */
export interface MarkedPiece extends LogPiece {
  match: 'none' | 'found' | 'current';
}

/** Cuts the pieces of a line at the places of a term. `currentStart` is the place that somebody is at. */
export function markedPieces(
  pieces: readonly LogPiece[],
  term: string,
  currentStart: number | undefined,
): MarkedPiece[] {
  const text = pieces.map((piece) => piece.text).join('');
  const starts = term === '' ? [] : startsIn(text, term.toLowerCase());
  if (starts.length === 0) return pieces.map((piece) => ({ ...piece, match: 'none' }));
  const cut: MarkedPiece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const end = offset + piece.text.length;
    const bounds = starts.flatMap((start) => [start, start + term.length]);
    const inside = bounds.filter((bound) => bound > offset && bound < end);
    const cuts = [offset, ...new Set(inside), end];
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const to = cuts[index + 1] ?? end;
      const start = starts.find((each) => from >= each && from < each + term.length);
      const match = start === undefined ? 'none' : start === currentStart ? 'current' : 'found';
      if (to > from) cut.push({ ...piece, text: text.slice(from, to), match });
    }
    offset = end;
  }
  return cut;
}
