import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPlayerStop, IconRefresh, IconRepeat } from '@tabler/icons-react';
import type { Run } from '@waymark/contracts';
import { lazy, Suspense, useState } from 'react';
import { paths } from '../../../lib/paths.ts';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { tellError } from '../../../lib/ui/tell-error.ts';
import { useCancelRun, useRetryRun } from './run.queries.ts';

const UndoDialog = lazy(async () => ({ default: (await import('./UndoDialog.tsx')).UndoDialog }));

/** What can be done with a run as it stands now. */
export function RunActions({ run }: { run: Run }) {
  const [isAsking, setIsAsking] = useState(false);
  const { can } = run;
  return (
    <>
      <CancelButton run={run} />
      {can.retry && <RetryButton run={run} />}
      {can.undo && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => setIsAsking(true)}
        >
          Undo
        </Button>
      )}
      {can.repeat && (
        <LinkButton to={paths.templateForm(run.templateRef, run.values)} icon={<IconRepeat size={14} />}>
          Run again
        </LinkButton>
      )}
      <Suspense>{isAsking && <UndoDialog run={run} onClose={() => setIsAsking(false)} />}</Suspense>
    </>
  );
}

function CancelButton({ run }: { run: Run }) {
  const cancel = useCancelRun(run.id);
  // A run that runs and cannot be cancelled any more has been asked to stop.
  const isStopping = run.status === 'processing' && !run.can.cancel;
  if (!run.can.cancel && !isStopping) return null;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlayerStop size={14} />}
      loading={cancel.isPending}
      disabled={isStopping}
      onClick={() => cancel.mutate(undefined, { onError: (error) => tellError(error) })}
    >
      {isStopping ? 'Cancelling…' : 'Cancel'}
    </Button>
  );
}

function RetryButton({ run }: { run: Run }) {
  const retry = useRetryRun(run.id);
  return (
    <Button
      size="xs"
      leftSection={<IconRefresh size={14} />}
      loading={retry.isPending}
      onClick={() => retry.mutate(undefined, { onError: (error) => tellError(error) })}
    >
      {run.status === 'failed' ? 'Retry from the failed step' : 'Go on where it stopped'}
    </Button>
  );
}
