import { useQuery } from '@tanstack/react-query';
import { Panel, RelativeTime } from '@waymark/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { runsQueries } from '../../lib/scaffolder/runs.queries.ts';
import { runsThatMatter } from '../../lib/scaffolder/runs-that-matter.ts';
import { RunStatus } from '../../lib/scaffolder/RunStatus.tsx';
import styles from './MyRunsPanel.module.css';

const maxShown = 5;

/** One's own runs that go on or have failed. Nothing where there are none: then there is nothing to do. */
export function MyRunsPanel() {
  const { data: runs = [] } = useQuery(runsQueries.recent());
  const [now] = useState(() => Date.now());
  const shown = runsThatMatter(runs, now).slice(0, maxShown);
  if (shown.length === 0) return null;
  return (
    <Panel
      title="My runs"
      isFlush
      aside={
        <Link to={paths.runs()} className={styles.all}>
          All my runs
        </Link>
      }
    >
      <ul className={styles.runs}>
        {shown.map((run) => (
          <li key={run.id} className={styles.run}>
            <RunStatus status={run.status} />
            <span className={styles.words}>
              <Link to={paths.run(run.id)} className={styles.name}>
                {run.templateTitle}
              </Link>
              {run.stepName !== undefined && (
                <span className={styles.step}>
                  {run.status === 'failed' ? `At the step ${run.stepName}` : run.stepName}
                </span>
              )}
            </span>
            <span className={styles.when}>
              <RelativeTime at={run.endedAt ?? run.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
