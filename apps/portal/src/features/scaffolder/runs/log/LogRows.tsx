import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconXboxX } from '@tabler/icons-react';
import type { Virtualizer } from '@tanstack/react-virtual';
import { exactTime } from '@waymark/ui';
import { memo, useEffect } from 'react';
import type { LogRow } from './log-rows.ts';
import { markedPieces, type LogMatch } from './log-search.ts';
import { clockTime, sinceStart } from './log-times.ts';
import styles from './LogRows.module.css';
import type { LogLine } from './run-log.ts';

/** How the rows are shown. */
export interface LogLook {
  steps: readonly { id: string; name: string }[];
  times: 'since-start' | 'clock';
  startedAt: string;
  isWrapped: boolean;
  /** The line that the address names. */
  marked: number | undefined;
  term: string;
  current: LogMatch | undefined;
}

export interface LogRowsProps {
  rows: readonly LogRow[];
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Letters of the longest line, where lines are not wrapped. */
  width: number | undefined;
  look: LogLook;
}

/** Pixels of line number, mark, time and the edge, as the style sheet has them. */
const gutterPx = 154;
/** Of a letter, a little more than most fonts take. */
const letterPx = 7.6;

/** The rows in sight, each at its place. */
export function LogRows({ rows, virtualizer, width, look }: LogRowsProps) {
  const columns = columnsOf(virtualizer, look.isWrapped);
  // What was measured in another width counts no more.
  useEffect(() => virtualizer.measure(), [virtualizer, columns]);
  const minWidth = width === undefined ? '100%' : `max(100%, calc(${width}ch + ${gutterPx}px))`;
  return (
    <div className={styles.rows} style={{ height: virtualizer.getTotalSize(), minWidth }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        if (!row) return null;
        return (
          <div
            key={index}
            ref={mayWrap(row, columns) ? virtualizer.measureElement : undefined}
            data-index={index}
            className={styles.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {row.kind === 'section' ? (
              <div className={styles.section}>{stepName(look.steps, row.stepId)}</div>
            ) : (
              <Line
                line={row.line}
                time={timeOf(row.line, look)}
                isMarked={row.line.number === look.marked}
                term={look.term}
                currentStart={look.current?.rowIndex === index ? look.current.start : undefined}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Measuring costs a layout: lines that are short and of plain letters have the height of a line. */
function mayWrap(row: LogRow, columns: number): boolean {
  return (
    row.kind === 'line' &&
    columns !== Infinity &&
    (row.line.text.length > columns || !/^[\x20-\x7E]*$/.test(row.line.text))
  );
}

/** Letters that fit into a line. Without wrapping, any number of them. */
function columnsOf({ scrollRect }: LogRowsProps['virtualizer'], isWrapped: boolean): number {
  return isWrapped ? Math.floor(((scrollRect?.width ?? 0) - gutterPx) / letterPx) : Infinity;
}

function stepName(steps: LogLook['steps'], id: string): string {
  return steps.find((step) => step.id === id)?.name ?? id;
}

function timeOf({ at }: LogLine, { times, startedAt }: LogLook): string {
  return times === 'clock' ? clockTime(at) : sinceStart(at, startedAt);
}

interface LineProps {
  line: LogLine;
  time: string;
  isMarked: boolean;
  term: string;
  currentStart: number | undefined;
}

const Line = memo(function Line({ line, time, isMarked, term, currentStart }: LineProps) {
  const { number, level, at, text, pieces, stepStatus, event } = line;
  return (
    <div
      className={styles.line}
      data-line={number}
      data-level={level}
      data-word={stepStatus !== undefined || event !== undefined || undefined}
      data-marked={isMarked || undefined}
    >
      {/* Thousands of links of the router would make scrolling slow: the log listens for all of them. */}
      <a
        href={`#L${number}`}
        className={styles.number}
        data-number={number}
        aria-label={`Line ${number}`}
        // Thousands of stops for Tab are none: the address of a line is for the pointer.
        tabIndex={-1}
      />
      <span className={styles.level}>
        <LevelMark level={level} />
      </span>
      <time className={styles.time} dateTime={at} title={exactTime(new Date(at))}>
        {time}
      </time>
      <span className={styles.text}>
        {markedPieces(pieces ?? [{ text, marks: '' }], term, currentStart).map((piece, index) => {
          const Element = piece.match === 'none' ? 'span' : 'mark';
          return (
            <Element
              key={index}
              data-colour={piece.colour}
              data-marks={piece.marks === '' ? undefined : piece.marks}
              data-current={piece.match === 'current' || undefined}
            >
              {piece.text}
            </Element>
          );
        })}
      </span>
    </div>
  );
});

function LevelMark({ level }: { level: LogLine['level'] }) {
  if (level === 'info') return null;
  const Picture = level === 'warn' ? IconAlertTriangle : IconXboxX;
  return (
    <>
      <Picture size={12} stroke={2} aria-hidden />
      <VisuallyHidden>{level === 'warn' ? 'Warning: ' : 'Error: '}</VisuallyHidden>
    </>
  );
}
