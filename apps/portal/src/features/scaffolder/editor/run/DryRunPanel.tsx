import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { StatusLabel } from '@waymark/ui';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';
import { ProblemList } from '../../wizard/review/ProblemList.tsx';
import type { WizardPlace } from '../../wizard/use-page-address.ts';
import type { TemplatePreview } from '../preview/use-template-preview.ts';
import { DryRunFiles } from './DryRunFiles.tsx';
import { DryRunLog } from './DryRunLog.tsx';
import { DryRunOutputs } from './DryRunOutputs.tsx';
import { DryRunSteps } from './DryRunSteps.tsx';
import { endedSteps, failedSteps, failureOf } from './dry-run-view.ts';
import styles from './DryRunPanel.module.css';
import type { DryRun, RunObstacle } from './use-dry-run.ts';

export interface DryRunPanelProps {
  dryRun: DryRun;
  preview: TemplatePreview;
  /** To a page of the form. */
  onGo: (place: WizardPlace) => void;
  onGoToStep: (id: string) => void;
}

/** What a run of the draft would make, without any effect outside. */
export function DryRunPanel({ dryRun, preview, onGo, onGoToStep }: DryRunPanelProps) {
  const { obstacle, result, error, isFresh, isUnderWay, runAgain } = dryRun;
  const steps = preview.check.data?.steps ?? [];
  return (
    <div aria-busy={isUnderWay}>
      <div className={styles.state}>
        <span role="status">
          <RunState dryRun={dryRun} />
        </span>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={13} />}
          disabled={obstacle !== undefined || isUnderWay}
          onClick={runAgain}
        >
          Run again
        </Button>
      </div>
      {obstacle && <Obstacle obstacle={obstacle} onGo={onGo} />}
      {error && <Failure error={error} dryRun={dryRun} steps={steps} onGoToStep={onGoToStep} />}
      {result && !error && (
        <div className={styles.result} data-stale={!isFresh || undefined}>
          <DryRunSteps steps={endedSteps(stepsOf(result.steps), result)} />
          <DryRunFiles files={result.directoryContents} />
          <DryRunOutputs result={result} />
          <DryRunLog result={result} />
        </div>
      )}
    </div>
  );
}

function RunState({ dryRun: { result, error, isFresh, isUnderWay, obstacle } }: { dryRun: DryRun }) {
  if (error) return <StatusLabel tone="bad">It failed</StatusLabel>;
  if (isFresh) return <StatusLabel tone="good">Up to date</StatusLabel>;
  if (isUnderWay) {
    return <StatusLabel tone="busy">{result ? 'Out of date, running again…' : 'Running…'}</StatusLabel>;
  }
  if (result) return <StatusLabel tone="warning">Out of date</StatusLabel>;
  return <StatusLabel tone="unknown">{obstacle ? 'Not run yet' : 'Waiting'}</StatusLabel>;
}

function Obstacle({ obstacle, onGo }: { obstacle: RunObstacle; onGo: (place: WizardPlace) => void }) {
  if (obstacle.kind === 'answers') {
    return <ProblemList id="dry-run-answers" problems={obstacle.problems} onGo={onGo} />;
  }
  return (
    <p className={styles.obstacle}>
      {obstacle.kind === 'template'
        ? 'It runs again as soon as the problems of the template are put right. They are listed beside the form.'
        : 'The files are too many or too large for a dry run: 500 files with 4 MiB together are the most.'}
    </p>
  );
}

function Failure({
  error,
  dryRun,
  steps,
  onGoToStep,
}: {
  error: Error;
  dryRun: DryRun;
  steps: NonNullable<TemplatePreview['check']['data']>['steps'];
  onGoToStep: (id: string) => void;
}) {
  const failure = failureOf(error);
  if (!failure) {
    return <ErrorPanel error={error} size="inline" headingLevel={2} onRetry={dryRun.runAgain} />;
  }
  const { stepId, message } = failure;
  const step = steps.find(({ id }) => id === stepId);
  return (
    <>
      <div className={styles.failure} role="alert">
        <p className={styles.failureTitle}>
          {step ? `The step “${step.name}” failed` : 'The dry run failed'}
        </p>
        <p className={styles.failureText}>{message}</p>
        {stepId !== undefined && (
          <button type="button" className={styles.link} onClick={() => onGoToStep(stepId)}>
            Show the step
          </button>
        )}
      </div>
      <DryRunSteps steps={failedSteps(steps, stepId)} />
    </>
  );
}

/** Steps as the server ran them. */
function stepsOf(steps: readonly Record<string, unknown>[]) {
  return steps.map(({ id, name, action }) => ({
    id: String(id),
    name: String(name),
    action: String(action),
  }));
}
