import { numberText } from '@waymark/ui';
import { Fragment, useMemo } from 'react';
import type { DryRunResult } from '../editor.queries.ts';
import { dryRunLines } from './dry-run-view.ts';
import styles from './DryRunPanel.module.css';

/** More lines are drawn for nobody. */
const maxLines = 500;

/** What the steps said, as text. */
export function DryRunLog({ result }: { result: DryRunResult }) {
  const lines = useMemo(() => dryRunLines(result), [result]);
  return (
    <section aria-label="Log">
      <h2 className={styles.heading}>Log</h2>
      {lines.length === 0 ? (
        <p className={styles.dim}>The steps said nothing.</p>
      ) : (
        <pre className={styles.log} tabIndex={0} aria-label="Log of the dry run" role="region">
          {lines.slice(0, maxLines).map(({ stepId, level, text }, index) => (
            <Fragment key={index}>
              {stepId !== lines[index - 1]?.stepId && (
                <span className={styles.logStep}>{`── ${stepId ?? ''}\n`}</span>
              )}
              <span data-level={level}>{`${text}\n`}</span>
            </Fragment>
          ))}
          {lines.length > maxLines && `… and ${numberText(lines.length - maxLines)} lines more`}
        </pre>
      )}
    </section>
  );
}
