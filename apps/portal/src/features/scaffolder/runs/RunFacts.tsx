import type { Run } from '@waymark/contracts';
import { countText, durationText, RelativeTime } from '@waymark/ui';
import { Fragment, type ReactNode } from 'react';
import { useNow } from '../../../lib/browser/use-now.ts';
import { EntityLink } from '../../../lib/entities/EntityLink.tsx';
import { growingText, isUnderWay, tookMs } from '../../../lib/scaffolder/run-words.ts';
import styles from './RunFacts.module.css';

/** Under the title: from which template, by whom, when, how long. */
export function RunFacts({ run }: { run: Run }) {
  const facts: [id: string, fact: ReactNode][] = [
    [
      'template',
      <>
        Template <EntityLink entityRef={run.templateRef} />
      </>,
    ],
    [
      'person',
      <>
        Started by <EntityLink entityRef={run.createdBy} />
      </>,
    ],
    ['when', <RelativeTime at={run.createdAt} />],
    ['duration', <Duration run={run} />],
  ];
  return (
    <span className={styles.facts}>
      {facts.map(([id, fact]) => (
        <Fragment key={id}>
          <span>{fact}</span>
        </Fragment>
      ))}
    </span>
  );
}

function Duration({ run }: { run: Run }) {
  const isRunning = isUnderWay(run);
  const now = useNow(isRunning);
  if (run.status === 'open') return <>{queueWords(run.queuePosition)}</>;
  const took = tookMs(run, now);
  if (took === undefined) return <>Never began</>;
  return <>{isRunning ? `Running for ${growingText(took)}` : `Took ${durationText(took)}`}</>;
}

function queueWords(position: number | undefined): string {
  if (position === undefined || position === 0) return 'About to begin';
  return `Waiting: ${countText(position, 'run is', 'runs are')} before it`;
}
