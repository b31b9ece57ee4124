import type { ReactNode } from 'react';
import styles from './RowTable.module.css';

export interface RowTableProps {
  label?: string;
  /** Facts of a row that stand side by side on a phone. */
  narrowColumns?: 2 | 3;
  /** Head and body. `data-number` marks cells with numbers, `data-label` names a fact where there is no head. */
  children: ReactNode;
}

/** Things with their facts: a table on a wide window, blocks on a phone. */
export function RowTable({ label, narrowColumns = 2, children }: RowTableProps) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label} data-narrow-columns={narrowColumns}>
        {children}
      </table>
    </div>
  );
}
