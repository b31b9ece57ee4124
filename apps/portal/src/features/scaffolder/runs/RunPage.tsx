import { IconMapQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@waymark/api-client';
import type { Run } from '@waymark/contracts';
import { MessagePanel, SkeletonLine, SkeletonRows } from '@waymark/ui';
import { parseAsString, useQueryState } from 'nuqs';
import { useParams } from 'react-router';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { Page } from '../../../lib/page/Page.tsx';
import { usePageIdentity, type Crumb } from '../../../lib/page/page-identity.ts';
import { paths } from '../../../lib/paths.ts';
import { isMoving, isUnderWay } from '../../../lib/scaffolder/run-words.ts';
import { RunStatus } from '../../../lib/scaffolder/RunStatus.tsx';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { LogView } from './log/LogView.tsx';
import { hasEnding } from './log/run-log.ts';
import { RunActions } from './RunActions.tsx';
import { RunAnswers } from './RunAnswers.tsx';
import { RunEffects } from './RunEffects.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunOutcome } from './RunOutcome.tsx';
import { RunSteps } from './RunSteps.tsx';
import { runQueries } from './run.queries.ts';
import styles from './RunPage.module.css';
import { useRunLog } from './use-run-log.ts';

const parents: Crumb[] = [
  { label: 'Create', to: paths.create() },
  { label: 'Runs', to: paths.runs() },
];

/** One run of a template: how far it is, what it says, what came of it. */
export function RunPage() {
  const { id = '' } = useParams();
  const query = useQuery(runQueries.one(id));
  const isSlow = useDelayed(query.isPending);
  if (query.data) return <LoadedRun key={id} run={query.data} />;
  if (isNoRun(query.error)) return <NoSuchRun id={id} />;
  return (
    <Page title="Run" parents={parents}>
      {query.error ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      ) : (
        isSlow && <RunSkeleton />
      )}
    </Page>
  );
}

/** Also an address that cannot be one: ids have a form. */
function isNoRun(error: unknown): boolean {
  return error instanceof ApiError && ['scaffolder.run-not-found', 'request.invalid'].includes(error.code);
}

function LoadedRun({ run }: { run: Run }) {
  const { log, stream } = useRunLog(run);
  const [chosenStep, setChosenStep] = useQueryState('step', parseAsString);
  // An address may name a step that there is not.
  const stepId = run.steps.find(({ id }) => id === chosenStep)?.id;
  return (
    <Page
      title={run.templateTitle}
      parents={parents}
      beside={<RunStatus status={run.status} look="pill" />}
      lead={<RunFacts run={run} />}
      actions={<RunActions run={run} />}
    >
      <RunOutcome run={run} lines={log.lines} />
      <div className={styles.columns}>
        <RunSteps run={run} chosenId={stepId} onChoose={(id) => void setChosenStep(id ?? null)} />
        <LogView
          lines={log.lines}
          steps={run.steps}
          stepId={stepId}
          onShowAll={() => void setChosenStep(null)}
          startedAt={log.lines[0]?.at ?? run.createdAt}
          isGrowing={isMoving(run)}
          isLoading={stream !== 'ended' && !hasEnding(log)}
          fileName={`run-${run.id}.txt`}
          notice={noticeOf(stream, isUnderWay(run))}
        />
      </div>
      <RunEffects run={run} />
      <RunAnswers values={run.values} />
    </Page>
  );
}

function noticeOf(stream: ReturnType<typeof useRunLog>['stream'], isRunning: boolean): string | undefined {
  if (stream === 'lost') return 'Reconnecting…';
  return stream === 'live' && isRunning ? 'Live' : undefined;
}

function RunSkeleton() {
  return (
    <div className={styles.columns}>
      <SkeletonRows rows={5} rowHeight={48} columns={['80%']} label="Loading the run" />
      <div className={styles.skeleton} aria-hidden>
        {Array.from({ length: 12 }, (_, row) => (
          <SkeletonLine key={row} width={`${30 + ((row * 17) % 55)}%`} />
        ))}
      </div>
    </div>
  );
}

function NoSuchRun({ id }: { id: string }) {
  usePageIdentity({ title: 'No such run', crumbs: [...parents, { label: id }] });
  return (
    <MessagePanel
      icon={<IconMapQuestion size={20} stroke={1.6} />}
      title="There is no such run"
      headingLevel={1}
      actions={
        <LinkButton to={paths.runs({ scope: 'all' })} variant="filled">
          All runs
        </LinkButton>
      }
    >
      Nothing has run under the id <code>{id}</code>. The address may be incomplete.
    </MessagePanel>
  );
}
