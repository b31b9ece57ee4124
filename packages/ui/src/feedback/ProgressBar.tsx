import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  /** What goes on, for screen readers. */
  label: string;
  done: number;
  /** Missing while it is not known: the bar then only shows that something happens. */
  total?: number | undefined;
}

/** How far a long work has come. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? 100}
      aria-valuenow={share === undefined ? undefined : done}
      data-unknown={share === undefined || undefined}
    >
      <div className={styles.bar} style={share === undefined ? undefined : { width: `${share * 100}%` }} />
    </div>
  );
}
