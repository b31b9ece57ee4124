import type { SearchResult } from '@waymark/contracts';
import { Highlight } from '@waymark/ui';
import { markedPieces } from './marked-pieces.ts';

export interface MarkedProps {
  result: SearchResult;
  /** `title` or `text`. */
  field: 'title' | 'text';
  /** Marked where the server marked nothing. */
  term: string;
}

/** A text of a search result with the letters that were found marked. */
export function Marked({ result, field, term }: MarkedProps) {
  const pieces = markedPieces(result.highlight, field);
  if (!pieces) return <Highlight text={result.document[field]} term={term} />;
  return (
    <>
      {pieces.map(({ text, isMatch }, index) =>
        isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
      )}
    </>
  );
}
