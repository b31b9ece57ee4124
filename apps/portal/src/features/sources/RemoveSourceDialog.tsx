import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { countText, Dialog, numberText, SkeletonRows } from '@waymark/ui';
import { useNavigate } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { paths } from '../../lib/paths.ts';
import { sourceName } from '../../lib/sources/source-words.ts';
import { errorWords } from '../../lib/ui/error-words.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { removalQuery, useRemoveSource } from './manage-source.queries.ts';
import styles from './SourceDialogs.module.css';

export interface SourceDialogProps {
  source: Source;
  onClose: () => void;
}

/** Asks before a source is removed, with the names of what goes with it. */
export function RemoveSourceDialog({ source, onClose }: SourceDialogProps) {
  const preview = useQuery(removalQuery(source.id));
  const isSlow = useDelayed(preview.isPending);
  const remove = useRemoveSource(source.id);
  const navigate = useNavigate();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: `${sourceName(source)} was removed.` });
        onClose();
        void navigate(paths.sources());
      },
    });
  return (
    <Dialog onClose={onClose} title={`Remove ${sourceName(source)}?`} size="md">
      <p className={styles.text}>
        <code>{source.target}</code> is not read any more. Nothing is deleted in the repository itself; it can
        be registered again.
      </p>
      {preview.isPending && isSlow && <SkeletonRows rows={3} label="Loading what would go" />}
      {preview.error && (
        <ErrorPanel error={preview.error} size="inline" onRetry={() => void preview.refetch()} />
      )}
      {preview.data && <WhatGoes {...preview.data} />}
      {remove.error && (
        <p className={styles.failure} role="alert">
          {errorWords(remove.error).title}. {errorWords(remove.error).advice}
        </p>
      )}
      <div className={styles.buttons}>
        <Button size="xs" variant="default" data-autofocus onClick={onClose}>
          Keep it
        </Button>
        <Button
          size="xs"
          color="red"
          loading={remove.isPending}
          disabled={preview.data === undefined}
          onClick={confirm}
        >
          Remove {sourceName(source)}
        </Button>
      </div>
    </Dialog>
  );
}

function WhatGoes({
  removedCount,
  passedOnCount,
  removedRefs,
}: {
  removedCount: number;
  passedOnCount: number;
  removedRefs: readonly string[];
}) {
  return (
    <>
      <p className={styles.text}>
        {removedCount === 0
          ? 'No entity leaves the catalog.'
          : `${countText(removedCount, 'entity leaves', 'entities leave')} the catalog:`}
      </p>
      {removedCount > 0 && (
        // Long lists scroll, so a keyboard must be able to reach the box.
        <ul className={styles.refs} aria-label="Entities that leave the catalog" tabIndex={0}>
          {removedRefs.map((ref) => (
            <li key={ref}>{ref}</li>
          ))}
          {removedCount > removedRefs.length && (
            <li>and {numberText(removedCount - removedRefs.length)} more</li>
          )}
        </ul>
      )}
      {passedOnCount > 0 && (
        <p className={styles.text}>
          {countText(passedOnCount, 'entity stays', 'entities stay')}, because another source describes{' '}
          {passedOnCount === 1 ? 'it' : 'them'} too.
        </p>
      )}
    </>
  );
}
