import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlayerPlay, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { RunSummary } from '@waymark/contracts';
import { DataTable, MessagePanel, SkeletonRows, type ListPosition } from '@waymark/ui';
import { useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { letterKeys } from '../../../lib/browser/letter-keys.ts';
import { useStoredValue } from '../../../lib/browser/stored-value.ts';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { paths } from '../../../lib/paths.ts';
import { runsQueries } from '../../../lib/scaffolder/runs.queries.ts';
import type { RunsSearch } from '../../../lib/scaffolder/runs-search.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { NextPageError } from '../../../lib/ui/NextPageError.tsx';
import { phoneColumns, tableColumns } from './run-columns.tsx';
import styles from './RunList.module.css';

/** Places in lists that were left, by history entry: going back finds them again. */
const leftPositions = new Map<string, ListPosition>();

/** The runs that are asked for, the newest first; those that move are kept up to date. */
export function RunList({ search }: { search: RunsSearch }) {
  const { scope = 'mine', status, template } = search;
  const query = useInfiniteQuery(
    runsQueries.list({ scope, status: status ?? undefined, templateRef: template ?? undefined }),
  );
  const isSlow = useDelayed(query.isPending);
  const isOutdated = useDelayed(query.isPlaceholderData);
  const runs = useMemo(() => query.data?.pages.flatMap((page) => page.runs) ?? [], [query.data]);
  if (query.isPending) {
    return isSlow ? (
      <SkeletonRows
        rows={12}
        rowHeight={44}
        columns={['10%', '26%', '14%', '10%']}
        label="Loading the runs"
      />
    ) : null;
  }
  if (query.error && runs.length === 0) {
    return (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  }
  return (
    <>
      <div className={styles.list} data-stale={isOutdated || undefined}>
        <RunTable
          runs={runs}
          search={search}
          hasMore={query.hasNextPage && !query.isFetchNextPageError && !query.isPlaceholderData}
          isLoadingMore={query.isFetchingNextPage}
          onLoadMore={() => void query.fetchNextPage()}
        />
      </div>
      {query.isFetchNextPageError && <NextPageError onRetry={() => void query.fetchNextPage()} />}
    </>
  );
}

interface RunTableProps {
  runs: RunSummary[];
  search: RunsSearch;
  hasMore: boolean;
  isLoadingMore: boolean;
  onLoadMore: () => void;
}

function RunTable({ runs, search, ...paging }: RunTableProps) {
  const { key: historyKey } = useLocation();
  const navigate = useNavigate();
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false });
  const hasLetterKeys = useStoredValue(letterKeys);
  return (
    <DataTable
      label="Runs"
      columns={isPhone ? phoneColumns : tableColumns}
      items={runs}
      itemId={idOf}
      itemText={textOf}
      rowHeight={isPhone ? 62 : 44}
      onOpen={({ id }, { isNewTab }) => {
        if (isNewTab) window.open(paths.run(id), '_blank', 'noopener');
        else void navigate(paths.run(id));
      }}
      {...paging}
      renderEmpty={() => <NoRuns search={search} />}
      hasLetterKeys={hasLetterKeys}
      positionKey={historyKey}
      position={leftPositions.get(historyKey)}
      onPositionChange={(position) => leftPositions.set(historyKey, position)}
    />
  );
}

const idOf = ({ id }: RunSummary) => id;
const textOf = ({ templateTitle }: RunSummary) => templateTitle;

function NoRuns({ search }: { search: RunsSearch }) {
  const navigate = useNavigate();
  const { scope = 'mine', status, template } = search;
  if (status != null || template != null) {
    return (
      <MessagePanel
        icon={<IconSearchOff size={20} stroke={1.6} />}
        title="No run matches"
        actions={
          <Button size="xs" variant="default" onClick={() => void navigate(paths.runs({ scope }))}>
            Clear the filters
          </Button>
        }
      >
        There are none with this status and of this template.
      </MessagePanel>
    );
  }
  return (
    <MessagePanel
      icon={<IconPlayerPlay size={20} stroke={1.6} />}
      title={scope === 'mine' ? 'You have run nothing yet' : 'Nothing has run yet'}
      actions={
        <LinkButton to={paths.create()} variant="filled">
          Choose a template
        </LinkButton>
      }
    >
      A template makes something new from a form, step by step. What it does shows here.
    </MessagePanel>
  );
}
