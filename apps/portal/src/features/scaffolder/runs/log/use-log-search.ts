import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { LogRow } from './log-rows.ts';
import { findMatches, matchFrom } from './log-search.ts';

/** What is searched for in the log, where it stands, and which of the places somebody is at. */
export function useLogSearch(rows: readonly LogRow[], firstRow: number, show: (rowIndex: number) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const term = useDeferredValue(typed);
  const matches = useMemo(() => findMatches(rows, term), [rows, term]);
  const [position, setPosition] = useState(0);
  const goTo = (index: number, found = matches) => {
    const next = found.length === 0 ? 0 : (index + found.length) % found.length;
    const match = found[next];
    setPosition(next);
    if (match) show(match.rowIndex);
  };
  return {
    input,
    typed,
    term,
    matches,
    position: Math.min(position, Math.max(matches.length - 1, 0)),
    current: matches[position],
    type(text: string) {
      setTyped(text);
      const found = findMatches(rows, text);
      goTo(matchFrom(found, firstRow), found);
    },
    next: () => goTo(position + 1),
    previous: () => goTo(position - 1),
  };
}

/** A search in the log. */
export type LogSearch = ReturnType<typeof useLogSearch>;
