import { Button } from '@mantine/core';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import type { Source } from '@waymark/contracts';
import { lazy, Suspense, useState } from 'react';
import { isRegistered } from '../../lib/sources/source-kind-words.ts';
import { sourceName } from '../../lib/sources/source-words.ts';
import { isBusy } from '../../lib/sources/sources.queries.ts';
import { useRefreshSource } from '../../lib/sources/use-refresh-source.ts';
import { tellError } from '../../lib/ui/tell-error.ts';
import { useUpdateSource } from './manage-source.queries.ts';

const EditSourceDialog = lazy(async () => ({
  default: (await import('./EditSourceDialog.tsx')).EditSourceDialog,
}));
const RemoveSourceDialog = lazy(async () => ({
  default: (await import('./RemoveSourceDialog.tsx')).RemoveSourceDialog,
}));

/** What can be done with a source. Its place and its removal only where a person registered it. */
export function SourceActions({ source }: { source: Source }) {
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const refresh = useRefreshSource();
  const canChange = isRegistered(source);
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconRefresh size={14} />}
        loading={refresh.isPending}
        disabled={isBusy(source) || source.isPaused}
        onClick={() => refresh.mutate(source)}
      >
        {isBusy(source) ? 'Reading…' : 'Read again now'}
      </Button>
      <PauseButton source={source} />
      {canChange && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} />}
          onClick={() => setDialog('edit')}
        >
          Change
        </Button>
      )}
      {canChange && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={14} />}
          onClick={() => setDialog('remove')}
        >
          Remove
        </Button>
      )}
      <Suspense>
        {dialog === 'edit' && <EditSourceDialog source={source} onClose={() => setDialog(undefined)} />}
        {dialog === 'remove' && <RemoveSourceDialog source={source} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </>
  );
}

function PauseButton({ source }: { source: Source }) {
  const update = useUpdateSource(source.id);
  const toggle = () =>
    update.mutate(
      { isPaused: !source.isPaused },
      { onError: (error) => tellError(error, sourceName(source)) },
    );
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={source.isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
      loading={update.isPending}
      onClick={toggle}
    >
      {source.isPaused ? 'Go on' : 'Pause'}
    </Button>
  );
}
