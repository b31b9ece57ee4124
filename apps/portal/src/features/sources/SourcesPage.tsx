import { Button } from '@mantine/core';
import { IconBrandGit, IconPlugConnected, IconPlus, IconRefresh, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { countText, MessagePanel, numberText, SkeletonRows } from '@waymark/ui';
import { useQueryStates } from 'nuqs';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { paths } from '../../lib/paths.ts';
import { Page } from '../../lib/page/Page.tsx';
import { needsAttention } from '../../lib/sources/source-words.ts';
import { sourcesSearchParsers } from '../../lib/sources/sources-search.ts';
import { isBusy, sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { useRefreshSource } from '../../lib/sources/use-refresh-source.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { SourceList } from './SourceList.tsx';
import styles from './SourcesPage.module.css';

/** Every source with its state; those that need somebody come first. */
export function SourcesPage() {
  const query = useQuery(sourcesQueries.all());
  const isSlow = useDelayed(query.isPending);
  const sources = query.data;
  return (
    <Page
      title="Sources"
      lead="Folders and Git repositories that the catalog is read from. A source that cannot be read deletes nothing: its last good entities stay."
      actions={
        <>
          <LinkButton to={paths.repositories()} variant="subtle" icon={<IconBrandGit size={14} />}>
            Repositories of this portal
          </LinkButton>
          {sources && sources.length > 0 && <RefreshAll sources={sources} />}
          <LinkButton to={paths.register()} variant="filled" icon={<IconPlus size={14} />}>
            Register a repository
          </LinkButton>
        </>
      }
    >
      {query.isPending && isSlow && (
        <SkeletonRows
          rows={8}
          rowHeight={52}
          columns={['30%', '12%', '10%', '14%', '10%']}
          label="Loading the sources"
        />
      )}
      {query.error && !sources && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {sources && (sources.length === 0 ? <NoSources /> : <LoadedSources sources={sources} />)}
    </Page>
  );
}

function LoadedSources({ sources }: { sources: Source[] }) {
  const [{ show, q }, setSearch] = useQueryStates(sourcesSearchParsers, { shallow: false });
  const troubled = sources.filter(needsAttention);
  const term = q.trim().toLowerCase();
  const shown = [...(show === 'attention' ? troubled : sources)]
    .filter(({ target }) => target.toLowerCase().includes(term))
    .sort((a, b) => urgency(b) - urgency(a) || a.target.localeCompare(b.target));
  const entities = sources.reduce((sum, { counts }) => sum + counts.entities, 0);
  return (
    <>
      <div className={styles.bar}>
        <input
          type="search"
          data-page-filter
          className={styles.filter}
          value={q}
          placeholder="Filter by repository or folder"
          aria-label="Filter by repository or folder"
          aria-keyshortcuts="/"
          onChange={(event) => void setSearch({ q: event.currentTarget.value || null })}
        />
        <div className={styles.sets} role="group" aria-label="Which sources are shown">
          {(
            [
              ['all', 'All', sources.length],
              ['attention', 'Need attention', troubled.length],
            ] as const
          ).map(([id, label, count]) => (
            <button
              key={id}
              type="button"
              className={styles.set}
              aria-pressed={show === id}
              onClick={() => void setSearch({ show: id }, { history: 'push' })}
            >
              {label} <span className={styles.count}>{count}</span>
            </button>
          ))}
        </div>
        <span className={styles.total} role="status">
          {countText(shown.length, 'source')}, {countText(entities, 'entity', 'entities')} in all
        </span>
      </div>
      {shown.length === 0 ? (
        <MessagePanel
          icon={<IconSearchOff size={20} stroke={1.6} />}
          title={show === 'attention' && term === '' ? 'Nothing needs attention' : 'No source matches'}
          actions={
            <Button size="xs" variant="default" onClick={() => void setSearch({ q: null, show: null })}>
              Show all {numberText(sources.length)}
            </Button>
          }
        >
          {show === 'attention' && term === ''
            ? 'Every source was read, and no file has an error.'
            : 'Try another part of its address.'}
        </MessagePanel>
      ) : (
        <SourceList sources={shown} />
      )}
    </>
  );
}

/** Failing before errors before conflicts before the rest. */
function urgency(source: Source): number {
  if (source.state === 'failed') return 3;
  if (source.counts.errors > 0) return 2;
  return source.counts.conflicts > 0 ? 1 : 0;
}

function RefreshAll({ sources }: { sources: Source[] }) {
  const refresh = useRefreshSource();
  const idle = sources.filter((source) => !isBusy(source) && !source.isPaused);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      disabled={idle.length === 0}
      onClick={() => {
        for (const source of idle) refresh.mutate(source);
      }}
    >
      {idle.length === 0 ? 'Reading…' : 'Read all again'}
    </Button>
  );
}

function NoSources() {
  return (
    <MessagePanel icon={<IconPlugConnected size={20} stroke={1.6} />} title="No sources yet">
      <p>
        Register a repository above, or name a folder or a Git repository with <code>catalog-info.yaml</code>{' '}
        files under <code>catalog.locations</code> in <code>waymark.yaml</code>, and start Waymark again:
      </p>
      <pre className={styles.example}>{`catalog:
  locations:
    - type: git
      target: https://git.example.com/acme/payments.git`}</pre>
    </MessagePanel>
  );
}
