import { Button } from '@mantine/core';
import { IconBrandGit, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { Highlight, MessagePanel, RelativeTime, SkeletonRows, StatusLabel } from '@waymark/ui';
import { debounce, parseAsString, useQueryState } from 'nuqs';
import { Link } from 'react-router';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import { RowTable } from '../../lib/ui/RowTable.tsx';
import styles from './RepositoriesPage.module.css';
import { repositoriesQueries } from './repositories.queries.ts';

const addressDelayMs = 300;

/** The Git repositories that the portal itself keeps. */
export function RepositoriesPage() {
  const [q, setText] = useQueryState('q', parseAsString.withDefault(''));
  const term = q.trim();
  const query = useInfiniteQuery(repositoriesQueries.list(term));
  const repositories = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFilterShown = term !== '' || repositories.length > 0;
  return (
    <Page
      title="Repositories"
      lead="Git repositories that this portal keeps: clone them, push to them, read descriptors from them."
    >
      {isFilterShown && (
        <div className={styles.bar}>
          <input
            type="search"
            data-page-filter
            className={styles.filter}
            value={q}
            placeholder="Filter by owner, name or description"
            aria-label="Filter by owner, name or description"
            aria-keyshortcuts="/"
            onChange={(event) =>
              void setText(event.currentTarget.value || null, { limitUrlUpdates: debounce(addressDelayMs) })
            }
          />
        </div>
      )}
      <PagedList
        query={query}
        isEmpty={repositories.length === 0}
        skeleton={
          <SkeletonRows
            rows={8}
            rowHeight={52}
            columns={['40%', '12%', '14%']}
            label="Loading the repositories"
          />
        }
        empty={term === '' ? <NoRepositories /> : <NoMatch onClear={() => void setText(null)} />}
      >
        <RepositoryTable repositories={repositories} term={term} />
      </PagedList>
    </Page>
  );
}

function RepositoryTable({ repositories, term }: { repositories: Repository[]; term: string }) {
  return (
    <RowTable label="Repositories">
      <thead>
        <tr>
          <th scope="col">Repository</th>
          <th scope="col">Default branch</th>
          <th scope="col">Last push</th>
          <th scope="col">Made</th>
        </tr>
      </thead>
      <tbody>
        {repositories.map((repository) => (
          <tr key={`${repository.owner}/${repository.name}`}>
            <th scope="row">
              <div className={styles.repository}>
                <IconBrandGit size={16} stroke={1.6} aria-hidden />
                <span className={styles.names}>
                  <Link to={paths.repository(repository)} className={styles.name}>
                    <Highlight text={`${repository.owner}/${repository.name}`} term={term} />
                  </Link>
                  {repository.description && (
                    <span className={styles.description} title={repository.description}>
                      {repository.description}
                    </span>
                  )}
                </span>
                {repository.isArchived && <StatusLabel tone="info">Archived</StatusLabel>}
              </div>
            </th>
            <td data-label="Default branch">{repository.defaultBranch}</td>
            <td data-label="Last push" className={styles.time}>
              {repository.pushedAt ? <RelativeTime at={repository.pushedAt} /> : 'Never'}
            </td>
            <td data-label="Made" className={styles.time}>
              <RelativeTime at={repository.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </RowTable>
  );
}

function NoRepositories() {
  return (
    <MessagePanel
      icon={<IconBrandGit size={20} stroke={1.6} />}
      title="No repositories yet"
      actions={<LinkButton to={paths.sources()}>See the sources</LinkButton>}
    >
      Repositories that the portal keeps show here: those that templates make, and those that are made through
      its API. Repositories of other Git hosts are among the sources.
    </MessagePanel>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <MessagePanel
      icon={<IconSearchOff size={20} stroke={1.6} />}
      title="No repository matches"
      actions={
        <Button size="xs" variant="default" onClick={onClear}>
          Show all
        </Button>
      }
    >
      Try another part of its owner, name or description.
    </MessagePanel>
  );
}
