import { IconChevronRight } from '@tabler/icons-react';
import type { Run } from '@waymark/contracts';
import { countText } from '@waymark/ui';
import styles from './RunAnswers.module.css';

/** What the form was filled in with. Secrets are never among it. */
export function RunAnswers({ values }: { values: Run['values'] }) {
  const answers = Object.entries(values);
  if (answers.length === 0) return null;
  return (
    <details className={styles.answers}>
      <summary className={styles.summary}>
        <IconChevronRight size={15} stroke={1.8} aria-hidden className={styles.chevron} />
        Answers
        <span className={styles.count}>{countText(answers.length, 'value')}</span>
      </summary>
      <table className={styles.table} aria-label="Answers">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
