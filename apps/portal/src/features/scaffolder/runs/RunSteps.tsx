import type { Run } from '@waymark/contracts';
import { durationText } from '@waymark/ui';
import { useNow } from '../../../lib/browser/use-now.ts';
import { growingText, isUnderWay, tookMs } from '../../../lib/scaffolder/run-words.ts';
import styles from './RunSteps.module.css';
import { StepPicture } from './StepPicture.tsx';

export interface RunStepsProps {
  run: Run;
  chosenId: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** The steps with their states. One that is chosen narrows the log to itself. */
export function RunSteps({ run, chosenId, onChoose }: RunStepsProps) {
  const now = useNow(isUnderWay(run));
  const { steps, completedStepCount, stepCount } = run;
  return (
    <section aria-label="Steps" className={styles.steps}>
      <header className={styles.head}>
        <h2 className={styles.title}>Steps</h2>
        <span className={styles.count} role="status">
          {completedStepCount} of {stepCount} done
        </span>
      </header>
      <ol className={styles.list}>
        {steps.map((step) => (
          <li key={step.id}>
            <button
              type="button"
              className={styles.step}
              data-status={step.status}
              aria-pressed={step.id === chosenId}
              title={step.id === chosenId ? 'Show the whole log' : 'Show only the lines of this step'}
              onClick={() => onChoose(step.id === chosenId ? undefined : step.id)}
            >
              <StepPicture status={step.status} />
              <span className={styles.words}>
                <span className={styles.name}>{step.name}</span>
                <span className={styles.action}>{step.action}</span>
              </span>
              <span className={styles.took}>{tookWords(step, now)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function tookWords(step: Run['steps'][number], now: number): string {
  if (step.status === 'skipped') return 'Skipped';
  const took = tookMs(step, now);
  if (took === undefined) return '';
  return step.status === 'processing' ? growingText(took) : durationText(took);
}
