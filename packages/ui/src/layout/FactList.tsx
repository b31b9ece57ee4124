import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** Names and values as a description list; children are {@link Fact}s. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export interface FactProps {
  label: string;
  children: ReactNode;
}

/** One name with its value. */
export function Fact({ label, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt className={styles.factLabel}>{label}</dt>
      <dd className={styles.factValue}>{children}</dd>
    </div>
  );
}
