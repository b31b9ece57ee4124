import { StepPicture } from '../../runs/StepPicture.tsx';
import type { DryRunStep } from './dry-run-view.ts';
import styles from './DryRunPanel.module.css';

/** The steps of a dry run with how each ended. */
export function DryRunSteps({ steps }: { steps: readonly DryRunStep[] }) {
  return (
    <section aria-label="Steps">
      <h2 className={styles.heading}>Steps</h2>
      <ol className={styles.steps}>
        {steps.map(({ id, name, action, status }, index) => (
          <li key={index} className={styles.step} data-status={status} data-step={id}>
            <StepPictureCell status={status} />
            <span className={styles.stepName}>
              {name} {action !== name && <span className={styles.action}>{action}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepPictureCell({ status }: Pick<DryRunStep, 'status'>) {
  return (
    <span>
      <StepPicture status={status} />
    </span>
  );
}
