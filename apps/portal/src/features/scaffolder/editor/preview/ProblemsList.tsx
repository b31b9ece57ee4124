import { IconAlertTriangle } from '@tabler/icons-react';
import { countText } from '@waymark/ui';
import type { DraftProblem } from '../draft/template-text.ts';
import styles from './ProblemsList.module.css';

export interface ProblemsListProps {
  problems: readonly DraftProblem[];
  onGoToLine: (line: number) => void;
}

/** What is to be put right in the template, each with the way to its line. */
export function ProblemsList({ problems, onGoToLine }: ProblemsListProps) {
  return (
    <section aria-label="Problems of the template" aria-live="polite">
      {problems.length > 0 && (
        <div className={styles.problems}>
          <h2 className={styles.title}>
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
            {countText(problems.length, 'problem')}
          </h2>
          <ul className={styles.list}>
            {problems.map(({ message, hint, line }, index) => (
              <li key={index}>
                {line !== undefined && (
                  <>
                    <button type="button" className={styles.line} onClick={() => onGoToLine(line)}>
                      Line {line}
                    </button>
                    {': '}
                  </>
                )}
                {message} <span className={styles.hint}>{hint}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
