import { StatusLabel } from '@waymark/ui';
import type { ReactNode } from 'react';
import styles from './OutlineParts.module.css';

/** What the author says about a thing; line breaks are kept, markup is not read. */
export function Prose({ text }: { text: string | undefined }) {
  return text === undefined ? null : <p className={styles.prose}>{text}</p>;
}

/** A line of names below a thing, such as the interfaces of a type. */
export function Names({ label, children }: { label: string; children: ReactNode }) {
  return (
    <p className={styles.names}>
      <span className={styles.label}>{label}</span> {children}
    </p>
  );
}

export interface Member {
  key: string;
  /** The name, with arguments or a number where it has them. */
  signature: ReactNode;
  type?: ReactNode;
  prose?: string | undefined;
  /** Why it should not be used, or that it should not. */
  deprecated?: string | undefined;
}

/** Fields, values or procedures of a thing. */
export function Members({ members }: { members: readonly Member[] }) {
  return (
    <ul className={styles.members}>
      {members.map(({ key, signature, type, prose, deprecated }) => (
        <li key={key} className={styles.member}>
          <div className={styles.signature}>
            <code className={styles.memberName}>{signature}</code>
            {type}
            {deprecated !== undefined && (
              <StatusLabel tone="warning">
                {deprecated === '' ? 'Deprecated' : `Deprecated: ${deprecated}`}
              </StatusLabel>
            )}
          </div>
          <Prose text={prose} />
        </li>
      ))}
    </ul>
  );
}
