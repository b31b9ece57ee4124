import styles from './text.module.css';

export interface HighlightProps {
  text: string;
  /** Words to mark wherever they occur, in any case; blank marks nothing. */
  term: string;
}

interface Piece {
  text: string;
  isMatch: boolean;
}

/** Cuts a text at the occurrences of any word of the term. Plain search: the term is never a pattern. */
export function matchPieces(text: string, term: string): Piece[] {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  // Folding the case of a few letters changes their length (İ): then places would not agree.
  if (words.length === 0 || lower.length !== text.length) return [{ text, isMatch: false }];
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length);
    }
  }
  const pieces: Piece[] = [];
  for (let start = 0, end = 1; start < text.length; start = end, end += 1) {
    while (end < text.length && marked[end] === marked[start]) end += 1;
    pieces.push({ text: text.slice(start, end), isMatch: marked[start] === true });
  }
  return pieces;
}

/** A text with the letters that match a search marked. */
export function Highlight({ text, term }: HighlightProps) {
  if (term.trim() === '') return <>{text}</>;
  return (
    <>
      {matchPieces(text, term).map((piece, index) =>
        piece.isMatch ? (
          <mark key={index} className={styles.mark}>
            {piece.text}
          </mark>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
    </>
  );
}
