import styles from './SkeletonLines.module.css';

export interface SkeletonLineProps {
  width?: string;
  height?: number;
}

/** One grey bar in the place and size of what is loading. */
export function SkeletonLine({ width = '100%', height = 12 }: SkeletonLineProps) {
  return <span className={styles.line} style={{ width, height }} aria-hidden />;
}

export interface SkeletonRowsProps {
  rows: number;
  /** Height of one row in pixels, that of the real one. */
  rowHeight?: number;
  /** Widths of the bars in each row. */
  columns?: string[];
  /** What is loading, for screen readers. */
  label: string;
}

/** Rows of bars with the measures of the real list, so that nothing jumps. */
export function SkeletonRows({
  rows,
  rowHeight = 40,
  columns = ['30%', '18%', '12%'],
  label,
}: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label} className={styles.rows}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height: rowHeight }}>
          {columns.map((width, column) => (
            <span key={column} className={styles.cell} style={{ width }}>
              <SkeletonLine width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
