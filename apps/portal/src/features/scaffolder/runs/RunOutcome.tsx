import type { Run } from '@waymark/contracts';
import { StatusLabel } from '@waymark/ui';
import { Link } from 'react-router';
import type { LogLine } from './log/run-log.ts';
import { standingEffects } from './run-effects.ts';
import { RunOutputs } from './RunOutputs.tsx';
import styles from './RunOutcome.module.css';

export interface RunOutcomeProps {
  run: Run;
  lines: readonly LogLine[];
}

/** What came of a run, above its log: the way to what it made, or why there is nothing. */
export function RunOutcome({ run, lines }: RunOutcomeProps) {
  if (run.status === 'completed') return <Completed run={run} />;
  if (run.status === 'failed') return <Failure run={run} lines={lines} />;
  if (run.status === 'cancelled') return <Cancelled run={run} />;
  return null;
}

function Completed({ run }: { run: Run }) {
  const isUndone = run.effects.some(({ state }) => state === 'undone');
  if (!isUndone || run.undo?.state === 'running') return <RunOutputs run={run} />;
  const isGone = run.effects.every(({ state }) => state === 'undone');
  return (
    <>
      <div className={styles.undone}>
        <StatusLabel tone="unknown">
          {isGone
            ? 'What it made was taken back.'
            : 'Some of what it made was taken back: a link to that leads nowhere.'}
        </StatusLabel>
      </div>
      {!isGone && <RunOutputs run={run} />}
    </>
  );
}

function Failure({ run, lines }: RunOutcomeProps) {
  const { error, steps } = run;
  const step = steps.find(({ id }) => id === error?.stepId);
  const line = lines.findLast(({ level, stepId }) => level === 'error' && stepId === error?.stepId);
  return (
    <div className={styles.failure} role="alert">
      <p className={styles.sentence}>
        <StatusLabel tone="bad">
          {step === undefined ? 'It failed' : `The step “${step.name}” failed`}
        </StatusLabel>
      </p>
      <p className={styles.message}>{error?.message ?? 'The reason was not kept.'}</p>
      {error && <p>{error.hint}</p>}
      <p className={styles.place}>
        {error?.file !== undefined && (
          <code>
            {error.file}
            {error.line !== undefined && `, line ${error.line}`}
          </code>
        )}
        {error?.at !== undefined && <code>{error.at}</code>}
        {line && (
          <Link to={{ hash: `#L${line.number}` }} replace preventScrollReset className={styles.link}>
            Show it in the log
          </Link>
        )}
        {error && <span className={styles.code}>{error.code}</span>}
      </p>
      <WhatIsOutside run={run} />
    </div>
  );
}

function Cancelled({ run }: { run: Run }) {
  return (
    <div className={styles.cancelled}>
      <p className={styles.sentence}>
        <StatusLabel tone="unknown">
          {run.startedAt === undefined
            ? 'It was cancelled before it began.'
            : `It was cancelled after ${run.completedStepCount} of ${run.stepCount} steps.`}
        </StatusLabel>
      </p>
      <WhatIsOutside run={run} />
    </div>
  );
}

function WhatIsOutside({ run: { effects, undo } }: { run: Run }) {
  if (undo !== undefined) return null;
  const { undoable, lasting } = standingEffects(effects);
  if (undoable.length + lasting.length === 0)
    return <p>Nothing was made outside: there is nothing to clean up.</p>;
  return (
    <>
      <p>
        What it made until then is still there.{' '}
        {undoable.length > 0 && 'Undo takes it back, the newest first.'}
      </p>
      <ul className={styles.outside}>
        {[...undoable, ...lasting].map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ul>
    </>
  );
}
