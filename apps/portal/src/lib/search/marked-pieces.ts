import type { SearchResult } from '@waymark/contracts';

/** A part of a text; marked where the search found its letters. */
export interface MarkedPiece {
  text: string;
  isMatch: boolean;
}

/**
 * A field of a result cut at the marks that the server set. Undefined where the field has none. The marks
 * are only cut out, never read as markup.
 */
export function markedPieces(highlight: SearchResult['highlight'], field: string): MarkedPiece[] | undefined {
  const text = highlight?.fields[field];
  if (highlight === undefined || text === undefined || highlight.preTag === '') return undefined;
  const { preTag, postTag } = highlight;
  const [first = '', ...marked] = text.split(preTag);
  const pieces = [
    { text: first, isMatch: false },
    ...marked.flatMap((part) => {
      const end = part.indexOf(postTag);
      if (end === -1) return [{ text: part, isMatch: false }];
      return [
        { text: part.slice(0, end), isMatch: true },
        { text: part.slice(end + postTag.length), isMatch: false },
      ];
    }),
  ];
  return pieces.filter((piece) => piece.text !== '');
}
