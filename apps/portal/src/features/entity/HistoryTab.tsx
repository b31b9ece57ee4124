import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { EntityChange } from '@waymark/contracts';
import { exactTime, MessagePanel, Panel, SkeletonRows } from '@waymark/ui';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { AsOfMenu } from '../../lib/as-of/AsOfMenu.tsx';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import { NextPage } from '../../lib/ui/PagedList.tsx';
import { HistoryTimeline } from './HistoryTimeline.tsx';
import styles from './HistoryTab.module.css';
import { historyQueries } from './history.queries.ts';
import { VersionComparison } from './VersionComparison.tsx';

/** Every change of an entity: what, when, by whom, and the difference of any two versions. */
export function HistoryTab({ entityRef }: { entityRef: string }) {
  const query = useInfiniteQuery(historyQueries.changes(entityRef));
  const isSlow = useDelayed(query.isPending);
  const changes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending) {
    return isSlow ? <SkeletonRows rows={8} columns={['20%', '40%']} label="Loading the history" /> : null;
  }
  if (query.error && changes.length === 0 && !isNotFound(query.error)) {
    return (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  }
  if (changes.length === 0) {
    return (
      <MessagePanel icon={<IconHistory size={20} stroke={1.6} />} title="No change is recorded">
        Changes are recorded from the first read of a source on. What was before stands in its repository.
      </MessagePanel>
    );
  }
  return (
    <div className={styles.history}>
      <Panel title="Changes" isFlush aside={<AsOfMenu size="compact-sm" />}>
        <Timeline entityRef={entityRef} changes={changes} />
        <footer className={styles.foot}>
          {query.hasNextPage ? (
            <NextPage query={query}>Show earlier changes</NextPage>
          ) : (
            <RecordedSince changes={changes} />
          )}
        </footer>
      </Panel>
      <Comparison entityRef={entityRef} changes={changes} />
    </div>
  );
}

function useCompared(changes: readonly EntityChange[]) {
  const [{ from, to, lines }, set] = useQueryStates(
    {
      /** The older version; without it, the one before the newer. */
      from: parseAsString,
      /** The newer version; without it, the last one. */
      to: parseAsString,
      lines: parseAsStringLiteral(['unified', 'split'] as const).withDefault('unified'),
    },
    { history: 'push', shallow: false },
  );
  const newer = to ?? changes[0]?.id;
  return {
    newer,
    older: from === newer ? null : from,
    lines,
    compare: (next: { from: string | null; to: string }) => void set(next),
    setLines: (next: 'unified' | 'split') => void set({ lines: next }, { history: 'replace' }),
  };
}

function Timeline({ entityRef, changes }: { entityRef: string; changes: EntityChange[] }) {
  const { newer, compare } = useCompared(changes);
  return (
    <HistoryTimeline
      entityRef={entityRef}
      changes={changes}
      shownId={newer}
      onShow={(id) => compare({ from: null, to: id })}
    />
  );
}

function Comparison({ entityRef, changes }: { entityRef: string; changes: EntityChange[] }) {
  const { newer, older, lines, compare, setLines } = useCompared(changes);
  if (newer === undefined) return null;
  return (
    <VersionComparison
      entityRef={entityRef}
      changes={changes}
      newerId={newer}
      olderId={older ?? undefined}
      lines={lines}
      onCompare={compare}
      onLines={setLines}
    />
  );
}

/** Honest about the beginning: the past before the first read is in Git, not here. */
function RecordedSince({ changes }: { changes: readonly EntityChange[] }) {
  const first = changes.at(-1);
  if (!first) return null;
  return (
    <span className={styles.since}>
      Recorded since {exactTime(new Date(first.at))}. What was before stands in the repository.
    </span>
  );
}
