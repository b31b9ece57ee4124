import type { RunSummary } from '@waymark/contracts';
import { durationText, RelativeTime, type DataTableColumn } from '@waymark/ui';
import { Link } from 'react-router';
import { useNow } from '../../../lib/browser/use-now.ts';
import { EntityLink } from '../../../lib/entities/EntityLink.tsx';
import { paths } from '../../../lib/paths.ts';
import { growingText, isUnderWay, tookMs } from '../../../lib/scaffolder/run-words.ts';
import { RunStatus } from '../../../lib/scaffolder/RunStatus.tsx';
import styles from './run-columns.module.css';

/** The facts of a run, side by side. */
export const tableColumns: DataTableColumn<RunSummary>[] = [
  { id: 'status', label: 'Status', width: 124, render: ({ status }) => <RunStatus status={status} /> },
  {
    id: 'template',
    label: 'Template',
    isRowHeader: true,
    width: '2fr',
    minWidth: 180,
    render: (run) => (
      <span className={styles.names}>
        <RunLink run={run} />
        {run.stepName !== undefined && run.status !== 'completed' && (
          <span className={styles.step}>{run.stepName}</span>
        )}
      </span>
    ),
  },
  {
    id: 'made',
    label: 'Made',
    width: '1fr',
    minWidth: 120,
    render: (run) => <Made run={run} />,
  },
  {
    id: 'person',
    label: 'By',
    width: '1fr',
    minWidth: 100,
    render: ({ createdBy }) => <EntityLink entityRef={createdBy} isQuiet />,
  },
  {
    id: 'when',
    label: 'Started',
    width: 140,
    render: ({ createdAt }) => (
      <span className={styles.dim}>
        <RelativeTime at={createdAt} />
      </span>
    ),
  },
  { id: 'duration', label: 'Took', width: 100, render: (run) => <Duration run={run} /> },
  { id: 'progress', label: 'Steps', width: 80, render: (run) => <Progress run={run} /> },
];

/** The same in one cell, for a phone. */
export const phoneColumns: DataTableColumn<RunSummary>[] = [
  {
    id: 'run',
    label: 'Run',
    isRowHeader: true,
    render: (run) => (
      <span className={styles.phone}>
        <span className={styles.phoneLine}>
          <RunLink run={run} />
          <RunStatus status={run.status} />
        </span>
        <span className={styles.phoneFacts}>
          <RelativeTime at={run.createdAt} /> · <Progress run={run} /> steps · <Duration run={run} />
          {run.undo?.state === 'done' && ' · taken back'}
        </span>
      </span>
    ),
  },
];

function RunLink({ run: { id, templateTitle } }: { run: RunSummary }) {
  return (
    <Link to={paths.run(id)} className={styles.name}>
      {templateTitle}
    </Link>
  );
}

/** What it registered; a link to what was taken back would lead nowhere. */
function Made({ run: { entityRef, undo } }: { run: RunSummary }) {
  if (entityRef === undefined) return <span className={styles.dim}>–</span>;
  if (undo?.state === 'done') return <span className={styles.dim}>Taken back</span>;
  return <EntityLink entityRef={entityRef} hasIcon />;
}

function Progress({ run: { completedStepCount, stepCount } }: { run: RunSummary }) {
  return (
    <span className={styles.number}>
      {completedStepCount}/{stepCount}
    </span>
  );
}

function Duration({ run }: { run: RunSummary }) {
  const isRunning = isUnderWay(run);
  const took = tookMs(run, useNow(isRunning));
  if (took === undefined) return <span className={styles.dim}>–</span>;
  return <span className={styles.number}>{isRunning ? growingText(took) : durationText(took)}</span>;
}
