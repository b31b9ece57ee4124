import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useDelayed } from '../browser/use-delayed.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import { NextPageError } from './NextPageError.tsx';
import styles from './PagedList.module.css';

type PagedQuery = Pick<
  UseInfiniteQueryResult,
  'isPending' | 'isFetching' | 'error' | 'refetch' | keyof NextPageQuery
>;

export interface PagedListProps {
  query: PagedQuery;
  isEmpty: boolean;
  /** Instead of the rows, while the first page is under way for longer than a moment. */
  skeleton: ReactNode;
  /** Instead of the rows where there are none. */
  empty: ReactNode;
  /** Words of the button for the next page. */
  more?: string;
  /** The rows that are loaded. */
  children: ReactNode;
}

/** A list that loads page by page, in whatever state it is: on its way, failed, empty, or there. */
export function PagedList({ query, isEmpty, skeleton, empty, more, children }: PagedListProps) {
  const isSlow = useDelayed(query.isPending);
  if (query.isPending) return isSlow ? skeleton : null;
  if (query.error && isEmpty) {
    return (
      <ErrorPanel
        error={query.error}
        size="inline"
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  if (isEmpty) return empty;
  return (
    <>
      {children}
      <NextPage query={query}>{more}</NextPage>
    </>
  );
}

type NextPageQuery = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'
>;

/** Under the rows of a list: the button for the next page or, when that failed, the word of it and a retry. */
export function NextPage({ query, children = 'Show more' }: { query: NextPageQuery; children?: ReactNode }) {
  const loadNext = () => void query.fetchNextPage();
  if (query.isFetchNextPageError && !query.isFetchingNextPage) return <NextPageError onRetry={loadNext} />;
  if (!query.hasNextPage) return null;
  return (
    <div className={styles.more}>
      <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={loadNext}>
        {children}
      </Button>
    </div>
  );
}
