import { useInfiniteQuery } from '@tanstack/react-query';
import { countText, SkeletonRows } from '@waymark/ui';
import { memo, useCallback, useMemo, useState } from 'react';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { kindInSentence } from '../../lib/entities/kind-words.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { NextPageError } from '../../lib/ui/NextPageError.tsx';
import styles from './CatalogList.module.css';
import { CatalogTable, type Selection } from './CatalogTable.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { rowsQuery, type CatalogState } from './use-catalog-state.ts';

export interface CatalogListProps {
  asked: CatalogState;
  /** Of the rows that are there: while others are under way nothing is drawn anew. */
  answered: CatalogState;
}

/** The list of entities in whatever state it is, with its total and the selection. */
export const CatalogList = memo(function CatalogList({ asked, answered }: CatalogListProps) {
  const query = useInfiniteQuery(rowsQuery(asked));
  const isSlow = useDelayed(query.isPending);
  const isOutdated = useDelayed(query.isPlaceholderData);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const selection = useSelection(JSON.stringify(answered.filter));
  const { fetchNextPage } = query;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const hasMore = query.hasNextPage && !query.isFetchNextPageError && !query.isPlaceholderData;
  if (query.isPending) {
    return isSlow ? (
      <SkeletonRows rows={14} rowHeight={44} columns={['34%', '12%', '12%', '9%']} label="Loading the list" />
    ) : null;
  }
  if (query.error && items.length === 0) {
    return (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  }
  return (
    <>
      <div className={styles.list} data-stale={isOutdated || undefined}>
        <CatalogTable
          state={answered}
          items={items}
          selection={selection}
          hasMore={hasMore}
          isLoadingMore={query.isFetchingNextPage}
          onLoadMore={loadMore}
        />
      </div>
      {query.isFetchNextPageError && <NextPageError onRetry={() => void query.fetchNextPage()} />}
      <ListFoot
        total={query.data?.pages[0]?.totalItems ?? 0}
        kind={asked.search.kind}
        loaded={items.length}
      />
      <SelectionBar items={items} ids={selection.ids} onClear={() => selection.set(new Set())} />
    </>
  );
});

function ListFoot({ total, kind, loaded }: { total: number; kind: string; loaded: number }) {
  const { one, many } = kind === '' ? { one: 'entity', many: 'entities' } : kindInSentence(kind);
  return (
    <footer className={styles.foot}>
      <span role="status">{countText(total, one, many)}</span>
      {loaded > 0 && loaded < total && (
        <span className={styles.loaded}>{countText(loaded, 'row')} loaded</span>
      )}
    </footer>
  );
}

/** Selected rows of one result; another filter starts with none. */
function useSelection(scope: string): Selection {
  const [selection, setSelection] = useState({ scope, ids: new Set<string>() });
  const none = useMemo(() => new Set<string>(), []);
  const ids = selection.scope === scope ? selection.ids : none;
  return useMemo(
    () => ({ ids, set: (chosen: Set<string>) => setSelection({ scope, ids: chosen }) }),
    [ids, scope],
  );
}
