import { useMemo } from 'react';
import { RunOutputs } from '../../runs/RunOutputs.tsx';
import type { DryRunResult } from '../editor.queries.ts';
import { outputOf } from './dry-run-view.ts';
import styles from './DryRunPanel.module.css';

/** What the template says at its end, where it says something. */
export function DryRunOutputs({ result }: { result: DryRunResult }) {
  const { outcome, rest } = useMemo(() => outputOf(result), [result]);
  const hasOutcome = outcome.links.length + outcome.texts.length > 0;
  const hasRest = Object.keys(rest).length > 0;
  if (!hasOutcome && !hasRest) return null;
  return (
    <section aria-label="Output">
      <h2 className={styles.heading}>Output</h2>
      {hasOutcome && <RunOutputs run={outcome} />}
      {hasRest && (
        <pre className={styles.log} tabIndex={0} aria-label="Other outputs" role="region">
          {JSON.stringify(rest, null, 2)}
        </pre>
      )}
    </section>
  );
}
