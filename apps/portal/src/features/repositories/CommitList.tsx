import { IconGitCommit } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { CopyButton, MessagePanel, RelativeTime, SkeletonRows } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import { RowTable } from '../../lib/ui/RowTable.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import styles from './CommitList.module.css';
import { PlaceMissing } from './PlaceMissing.tsx';
import { repositoriesQueries } from './repositories.queries.ts';

const shownIdDigits = 8;

/** The commits of a branch, newest first. */
export function CommitList({ repository, gitRef }: { repository: Repository; gitRef: string }) {
  const { owner, name } = repository;
  const query = useInfiniteQuery(repositoriesQueries.commits({ owner, name, ref: gitRef, path: '' }));
  const commits = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (isNotFound(query.error)) return <PlaceMissing repository={repository} gitRef={gitRef} path="" />;
  return (
    <PagedList
      query={query}
      isEmpty={commits.length === 0}
      skeleton={<SkeletonRows rows={8} rowHeight={48} columns={['50%', '12%']} label="Loading the commits" />}
      empty={
        <MessagePanel icon={<IconGitCommit size={20} stroke={1.6} />} title="No commits yet" size="inline">
          The first push shows here.
        </MessagePanel>
      }
      more="Show older commits"
    >
      <RowTable label="Commits">
        <thead>
          <tr>
            <th scope="col">Commit</th>
            <th scope="col">Author</th>
            <th scope="col">When</th>
            <th scope="col">Id</th>
          </tr>
        </thead>
        <tbody>
          {commits.map((commit) => (
            <tr key={commit.id}>
              <th scope="row">
                <Link to={paths.repositoryTree(repository, commit.id, '')} className={styles.subject}>
                  {commit.subject || '(no message)'}
                </Link>
              </th>
              <td data-label="Author" title={commit.authorEmail}>
                {commit.authorName}
              </td>
              <td data-label="When" className={styles.time}>
                <RelativeTime at={commit.authoredAt} />
              </td>
              <td data-label="Id" className={styles.id}>
                <code>{commit.id.slice(0, shownIdDigits)}</code>
                <CopyButton text={commit.id} label="Copy the commit id" />
              </td>
            </tr>
          ))}
        </tbody>
      </RowTable>
    </PagedList>
  );
}
