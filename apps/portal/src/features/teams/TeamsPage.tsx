import { Button } from '@mantine/core';
import { IconSearchOff, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { countText, MessagePanel, numberText, SkeletonRows } from '@waymark/ui';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { groupsQueries, type GroupDirectory } from '../../lib/groups/groups.queries.ts';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { shownTeams, teamOrders, teamRows } from './shown-teams.ts';
import styles from './TeamsPage.module.css';
import { TeamTable } from './TeamTable.tsx';

const orderWords = { tree: 'As a tree', name: 'By name', owned: 'By what they own' } as const;
/** Rows that a browser draws at once without a pause; the search finds the others. */
const rowsPerStep = 300;

/** Every group of the company with its place, its people and what it owns. */
export function TeamsPage() {
  const query = useQuery(groupsQueries.directory());
  const isSlow = useDelayed(query.isPending);
  return (
    <Page
      title="Teams"
      lead="Who is who: groups with their people and everything they answer for."
      actions={<LinkButton to={paths.ownership()}>Check ownership</LinkButton>}
    >
      {query.isPending && isSlow && (
        <SkeletonRows
          rows={12}
          rowHeight={48}
          columns={['36%', '12%', '10%', '10%']}
          label="Loading the teams"
        />
      )}
      {query.error && !query.data && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {query.data && (query.data.tree.size === 0 ? <NoTeams /> : <LoadedTeams directory={query.data} />)}
    </Page>
  );
}

function LoadedTeams({ directory }: { directory: GroupDirectory }) {
  const [{ q, order }, setSearch] = useQueryStates(
    { q: parseAsString.withDefault(''), order: parseAsStringLiteral(teamOrders).withDefault('tree') },
    { shallow: false },
  );
  const [shownCount, setShownCount] = useState(rowsPerStep);
  const teams = useMemo(() => teamRows(directory), [directory]);
  const rows = shownTeams(teams, { text: q, order });
  return (
    <>
      <div className={styles.bar}>
        <input
          type="search"
          data-page-filter
          className={styles.filter}
          value={q}
          placeholder="Find a team by name, description or address"
          aria-label="Find a team by name, description or address"
          aria-keyshortcuts="/"
          onChange={(event) => void setSearch({ q: event.currentTarget.value || null })}
        />
        <div className={styles.orders} role="group" aria-label="Order">
          {teamOrders.map((each) => (
            <button
              key={each}
              type="button"
              className={styles.order}
              aria-pressed={order === each}
              onClick={() => void setSearch({ order: each }, { history: 'push' })}
            >
              {orderWords[each]}
            </button>
          ))}
        </div>
        <span className={styles.total} role="status">
          {countText(rows.length, 'team')}
          {directory.totalGroups > directory.tree.size &&
            ` of the first ${numberText(directory.tree.size)} of ${numberText(directory.totalGroups)}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <MessagePanel
          icon={<IconSearchOff size={20} stroke={1.6} />}
          title="No team matches"
          actions={
            <Button size="xs" variant="default" onClick={() => void setSearch({ q: null })}>
              Show all {numberText(directory.tree.size)}
            </Button>
          }
        >
          Try a part of the name, or look for a person in the catalog.
        </MessagePanel>
      ) : (
        <TeamTable rows={rows.slice(0, shownCount)} directory={directory} term={q} />
      )}
      {rows.length > shownCount && (
        <div className={styles.more}>
          <Button size="xs" variant="default" onClick={() => setShownCount(shownCount + rowsPerStep)}>
            Show {numberText(Math.min(rowsPerStep, rows.length - shownCount))} more of{' '}
            {numberText(rows.length)}
          </Button>
        </div>
      )}
    </>
  );
}

function NoTeams() {
  return (
    <MessagePanel
      icon={<IconUsersGroup size={20} stroke={1.6} />}
      title="No teams yet"
      actions={
        <LinkButton to={paths.sources()} variant="filled">
          See the sources
        </LinkButton>
      }
    >
      Teams come from <code>kind: Group</code> in descriptor files, or from the teams of a GitHub organisation
      or GitLab group that the configuration names.
    </MessagePanel>
  );
}
