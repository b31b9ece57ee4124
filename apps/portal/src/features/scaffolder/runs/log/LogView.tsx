import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useStoredValue } from '../../../../lib/browser/stored-value.ts';
import { useDelayed } from '../../../../lib/browser/use-delayed.ts';
import { logSettings } from './log-settings.ts';
import { lineOfHash, longestLine, rowIndexOfLine, rowsOf } from './log-rows.ts';
import { LogRows } from './LogRows.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import styles from './LogView.module.css';
import type { LogLine } from './run-log.ts';
import { useFollow } from './use-follow.ts';
import { useLogSearch } from './use-log-search.ts';

export interface LogViewProps {
  lines: readonly LogLine[];
  /** Name and state of each step, for the headings between the lines. */
  steps: readonly { id: string; name: string }[];
  /** Only the lines of this step. */
  stepId: string | undefined;
  onShowAll: () => void;
  /** Instant that times are counted from. */
  startedAt: string;
  /** Whether the run says more. */
  isGrowing: boolean;
  /** Whether what it has said is on its way. */
  isLoading: boolean;
  /** Names the downloaded file. */
  fileName: string;
  /** Quiet words about the connection. */
  notice: string | undefined;
}

const lineHeight = 20;
const sectionHeight = 34;
const overscan = 24;

/** The log of a run: as many rows as are in sight, whatever its length. */
export function LogView(props: LogViewProps) {
  const { lines, steps, stepId, isGrowing, isLoading, startedAt } = props;
  const { isWrapped, times } = useStoredValue(logSettings);
  const isSlow = useDelayed(isLoading);
  const rows = useMemo(() => rowsOf(lines, stepId), [lines, stepId]);
  const shownCount = useMemo(() => rows.filter(({ kind }) => kind === 'line').length, [rows]);
  const width = useMemo(() => longestLine(rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const { hash, search: addressSearch } = useLocation();
  const marked = lineOfHash(hash);
  const navigate = useNavigate();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'section' ? sectionHeight : lineHeight),
    overscan,
    useFlushSync: false,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, stepId]);
  const follow = useFollow(scroller, {
    height: virtualizer.getTotalSize(),
    isGrowing,
    isHeldBack: marked !== undefined,
  });
  const show = (rowIndex: number) => {
    follow.stop();
    const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {};
    // What is in sight stays where it is.
    if (rowIndex <= startIndex || rowIndex >= endIndex)
      virtualizer.scrollToIndex(rowIndex, { align: 'center' });
  };
  const search = useLogSearch(rows, virtualizer.range?.startIndex ?? 0, show);
  const markedRow = useMemo(() => (marked === undefined ? -1 : rowIndexOfLine(rows, marked)), [rows, marked]);
  useMarkedLine(marked, markedRow, show);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    // The browser's own search finds only the rows that are drawn.
    event.preventDefault();
    search.input.current?.focus();
    search.input.current?.select();
  };
  /** A line's number puts the line into the address, which then leads to it. */
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-number]') : null;
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const to = { search: addressSearch, hash: link.getAttribute('href') ?? '' };
    void navigate(to, { replace: true, preventScrollReset: true });
  };
  return (
    <section
      className={styles.log}
      // A log that grows keeps its size; one that has ended takes no more room than it needs.
      data-ended={!isGrowing || undefined}
      style={contentHeight(virtualizer.getTotalSize())}
      aria-label="Log"
      onKeyDown={onKeyDown}
    >
      <LogToolbar {...props} shownCount={shownCount} search={search} />
      <div className={styles.body}>
        <div
          ref={scroller}
          className={styles.scroller}
          data-wrapped={isWrapped || undefined}
          data-times={times}
          role="log"
          aria-label="Lines of the log"
          // Hundreds of lines a second are not to be read out: the steps beside it say how far it is.
          aria-live="off"
          tabIndex={0}
          onClick={onClick}
          onScroll={follow.onScroll}
          onWheel={follow.onWheel}
        >
          <LogRows
            rows={rows}
            virtualizer={virtualizer}
            width={isWrapped ? undefined : width}
            look={{ steps, times, startedAt, isWrapped, marked, term: search.term, current: search.current }}
          />
          {rows.length === 0 && (!isLoading || isSlow) && <p className={styles.empty}>{emptyWords(props)}</p>}
        </div>
        {!follow.isFollowing && !follow.isAtEnd && (
          <button type="button" className={styles.toEnd} onClick={follow.start}>
            {isGrowing ? 'Follow the log' : 'To the end'} <span aria-hidden>↓</span>
          </button>
        )}
      </div>
    </section>
  );
}

/** Told to the style sheet, which knows how much room there is. */
function contentHeight(pixels: number): CSSProperties & { '--log-content': string } {
  return { '--log-content': `${pixels}px` };
}

function emptyWords({ isGrowing, isLoading, stepId }: LogViewProps): string {
  if (isLoading && !isGrowing) return 'Loading the log…';
  if (stepId !== undefined) return 'This step has said nothing.';
  return isGrowing ? 'Nothing yet. The first lines come when the run begins.' : 'The log is empty.';
}

/** Goes to the line that the address names, once it is there. */
function useMarkedLine(number: number | undefined, rowIndex: number, show: (rowIndex: number) => void) {
  const shown = useRef<number>(undefined);
  useEffect(() => {
    if (number === undefined) shown.current = undefined;
    if (number === undefined || rowIndex < 0 || shown.current === number) return;
    shown.current = number;
    show(rowIndex);
  });
}
