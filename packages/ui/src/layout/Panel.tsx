import { useId, type ReactNode } from 'react';
import styles from './layout.module.css';

export interface PanelProps {
  title: string;
  /** How many things the panel holds, beside the title. */
  count?: string | undefined;
  /** Right of the title: a link or a small button. */
  aside?: ReactNode;
  /** Without padding: for lists that draw their own rows. */
  isFlush?: boolean;
  children: ReactNode;
}

/** A titled section with a quiet border; a landmark that screen readers can jump to. */
export function Panel({ title, count, aside, isFlush = false, children }: PanelProps) {
  const headingId = useId();
  return (
    <section className={styles.panel} aria-labelledby={headingId}>
      <header className={styles.panelHeader}>
        <h2 id={headingId} className={styles.panelTitle}>
          {title}
        </h2>
        {count !== undefined && <span className={styles.panelCount}>{count}</span>}
        {aside && <div className={styles.panelAside}>{aside}</div>}
      </header>
      <div className={styles.panelBody} data-flush={isFlush || undefined}>
        {children}
      </div>
    </section>
  );
}
