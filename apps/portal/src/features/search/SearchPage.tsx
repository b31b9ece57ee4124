import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { countText } from '@waymark/ui';
import { debounce, throttle, useQueryStates } from 'nuqs';
import { useDeferredValue, useRef, type KeyboardEvent } from 'react';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { Page } from '../../lib/page/Page.tsx';
import { searchAddressParsers } from '../../lib/search/search-address.ts';
import { searchQueries } from '../../lib/search/search.queries.ts';
import { useWhenAnswered } from '../../lib/search/use-when-answered.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { NextPage } from '../../lib/ui/PagedList.tsx';
import { toggled } from '../../lib/toggled.ts';
import { KindChips } from './KindChips.tsx';
import { BeforeSearch, NothingFound } from './NoResults.tsx';
import { SearchResults } from './SearchResults.tsx';
import styles from './SearchPage.module.css';

const addressDelayMs = 250;

/** One box over everything in the catalog; the address holds what is searched. */
export function SearchPage() {
  const [{ q, kind: kinds }, setSearch] = useQueryStates(searchAddressParsers, {
    history: 'push',
    shallow: false,
  });
  const term = q.trim();
  const asked = useDeferredValue(term);
  const query = useInfiniteQuery(searchQueries.pages({ term: term === '' ? '' : asked, kinds }));
  const isSlow = useDelayed(query.isPending && term !== '');
  const isAnswered = query.isSuccess && asked === term && !query.isPlaceholderData;
  const list = useRef<HTMLOListElement>(null);
  const openFirst = async () => {
    // The address comes after the typing; whoever goes back finds the text.
    await setSearch({ q: term }, { history: 'replace', limitUrlUpdates: throttle(0) });
    list.current?.querySelector('a')?.click();
  };
  const toFirst = useWhenAnswered({
    ...{ text: term, isAnswered },
    fulfil(key: 'ArrowDown' | 'Enter') {
      if (key === 'Enter') void openFirst();
      else list.current?.querySelector('a')?.focus();
    },
  });
  const first = query.data?.pages[0];
  const items = query.data?.pages.flatMap((page) => page.results) ?? [];
  const toggleKind = (kind: string) => {
    const next = toggled(kinds, kind);
    void setSearch({ kind: next.length === 0 ? null : next });
  };
  const setText = (text: string) =>
    void setSearch(
      { q: text === '' ? null : text },
      { history: 'replace', limitUrlUpdates: debounce(addressDelayMs) },
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    if (term !== '') toFirst(event.key);
  };
  return (
    <Page title="Search" width="text">
      <div className={styles.page}>
        <div className={styles.field}>
          <IconSearch size={17} stroke={1.7} aria-hidden className={styles.icon} />
          <input
            type="text"
            role="searchbox"
            data-page-filter
            className={styles.input}
            value={q}
            placeholder="Names, parts of names, descriptions, tags"
            aria-label="Search the catalog"
            aria-keyshortcuts="/"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        {term === '' && <BeforeSearch />}
        {term !== '' && query.error && items.length === 0 && (
          <ErrorPanel
            error={query.error}
            size="inline"
            onRetry={() => void query.refetch()}
            isRetrying={query.isFetching}
          />
        )}
        {term !== '' && isSlow && <p className={styles.count}>Searching…</p>}
        {term !== '' && first && (
          <>
            <KindChips kinds={first.kinds} chosen={kinds} onToggle={toggleKind} />
            <p className={styles.count} role="status">
              {countText(first.numberOfResults, 'result')}
              {items.length > 0 && items.every(({ isFuzzy }) => isFuzzy) && `, none is exactly “${term}”`}
            </p>
            {items.length === 0 ? (
              <NothingFound
                term={term}
                hasKinds={kinds.length > 0}
                onAllKinds={() => void setSearch({ kind: null })}
              />
            ) : (
              <SearchResults
                listRef={list}
                results={items}
                term={term}
                isOutdated={query.isPlaceholderData}
              />
            )}
            <NextPage query={query}>Show more results</NextPage>
          </>
        )}
      </div>
    </Page>
  );
}
