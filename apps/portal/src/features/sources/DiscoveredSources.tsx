import { Button } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { SourceList } from './SourceList.tsx';
import styles from './SourcePage.module.css';

/** The repositories that a discovery found, page by page. */
export function DiscoveredSources({ source }: { source: Source }) {
  const query = useInfiniteQuery(sourcesQueries.childrenOf(source.id));
  const isSlow = useDelayed(query.isPending);
  const children = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending) {
    return isSlow ? <SkeletonRows rows={8} rowHeight={52} label="Loading the repositories" /> : null;
  }
  if (query.error && children.length === 0) {
    return (
      <ErrorPanel
        error={query.error}
        size="inline"
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  if (children.length === 0) {
    return (
      <MessagePanel
        icon={<IconRadar2 size={20} stroke={1.6} />}
        title={source.lastReadAt === undefined ? 'Not looked yet' : 'No repository found'}
        size="inline"
        headingLevel={3}
      >
        {source.lastReadAt === undefined
          ? 'The repositories that it finds show here after the first look.'
          : 'Its filters match none, or none has the file that it looks for.'}
      </MessagePanel>
    );
  }
  return (
    <>
      <SourceList sources={children} />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
