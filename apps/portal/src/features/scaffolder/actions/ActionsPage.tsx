import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ScaffolderActionDescription } from '@waymark/contracts';
import { countText, MessagePanel, SkeletonRows } from '@waymark/ui';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { Page } from '../../../lib/page/Page.tsx';
import { paths } from '../../../lib/paths.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { actionsQueries } from './actions.queries.ts';
import { ActionReference } from './ActionReference.tsx';
import styles from './ActionsPage.module.css';
import { ExtensionLists } from './ExtensionLists.tsx';
import { matchingActions } from './matching-actions.ts';

/** What templates can be made of: the actions of this server, and the filters and functions of its expressions. */
export function ActionsPage() {
  const query = useQuery(actionsQueries.actions());
  const isSlow = useDelayed(query.isPending);
  return (
    <Page
      title="Actions"
      parents={[{ label: 'Create', to: paths.create() }]}
      lead="What the steps of a template can do on this server, with what they take and give."
    >
      {query.isPending && isSlow && <SkeletonRows rows={8} rowHeight={56} label="Loading the actions" />}
      {query.error && !query.data && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {query.data && <LoadedActions actions={query.data} />}
    </Page>
  );
}

function LoadedActions({ actions }: { actions: ScaffolderActionDescription[] }) {
  const [text, setText] = useQueryState('q', parseAsString.withDefault(''));
  const shown = matchingActions(actions, text.trim());
  useAnchor();
  return (
    <>
      <div className={styles.bar}>
        <input
          type="search"
          data-page-filter
          className={styles.filter}
          value={text}
          placeholder="Filter by name, words or input"
          aria-label="Filter by name, words or input"
          aria-keyshortcuts="/"
          onChange={(event) => void setText(event.currentTarget.value || null)}
        />
        <span className={styles.count} role="status">
          {countText(shown.length, 'action')}
        </span>
      </div>
      <div className={styles.columns}>
        <nav aria-label="Actions" className={styles.index}>
          {shown.map(({ id }) => (
            <a key={id} href={`#${id}`} className={styles.entry}>
              {id}
            </a>
          ))}
        </nav>
        <div className={styles.references}>
          {shown.map((action) => (
            <ActionReference key={action.id} action={action} />
          ))}
          {shown.length === 0 && (
            <MessagePanel
              icon={<IconSearchOff size={20} stroke={1.6} />}
              title="No action matches"
              size="inline"
              actions={
                <Button size="xs" variant="default" onClick={() => void setText(null)}>
                  Show all {actions.length}
                </Button>
              }
            >
              Try another part of its name.
            </MessagePanel>
          )}
          <ExtensionLists text={text.trim()} />
        </div>
      </div>
    </>
  );
}

/** The browser has looked for the place of the address before the actions were there. */
function useAnchor() {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash.length < 2) return;
    document.getElementById(decoded(hash.slice(1)))?.scrollIntoView({ block: 'start' });
  }, [hash]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
