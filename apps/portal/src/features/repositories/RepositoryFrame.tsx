import { ApiError } from '@waymark/api-client';
import { IconMapQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { CopyButton, MessagePanel, SkeletonRows, StatusLabel } from '@waymark/ui';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { Page } from '../../lib/page/Page.tsx';
import { usePageIdentity } from '../../lib/page/page-identity.ts';
import { TabLinks } from '../../lib/page/TabLinks.tsx';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import { repositoriesQueries } from './repositories.queries.ts';
import styles from './RepositoryFrame.module.css';

export interface RepositoryFrameProps {
  section: 'files' | 'commits';
  /** What is shown of the repository, for the title of the window: a path, a list. */
  shown?: string;
  /** Branch, tag or commit that the sections stay on. */
  gitRef?: string | undefined;
  children: (repository: Repository) => ReactNode;
}

const list = { label: 'Repositories', to: paths.repositories() };

/** What every page of a repository begins with: its name, where to clone it, its sections. */
export function RepositoryFrame({ section, shown, gitRef, children }: RepositoryFrameProps) {
  const { owner = '', name = '' } = useParams();
  const query = useQuery(repositoriesQueries.one({ owner, name }));
  const isSlow = useDelayed(query.isPending);
  if (isNotFound(query.error) || isNoName(query.error)) return <NoSuchRepository name={`${owner}/${name}`} />;
  const repository = query.data;
  const title = `${repository?.owner ?? owner}/${repository?.name ?? name}`;
  const parents =
    shown === undefined ? [list] : [list, { label: title, to: paths.repository({ owner, name }) }];
  return (
    <Page
      title={title}
      parents={parents}
      shown={shown}
      beside={repository?.isArchived && <StatusLabel tone="info">Archived, takes no pushes</StatusLabel>}
      lead={repository?.description}
      actions={repository && <CloneAddress url={repository.cloneUrl} />}
    >
      {repository ? (
        <>
          <TabLinks
            label="Sections"
            currentId={section}
            tabs={[
              { id: 'files', label: 'Files', to: filesPath(repository, gitRef) },
              { id: 'commits', label: 'Commits', to: paths.repositoryCommits(repository, gitRef) },
            ]}
          />
          <div className={styles.content}>{children(repository)}</div>
        </>
      ) : query.error ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      ) : (
        isSlow && <SkeletonRows rows={6} label="Loading the repository" />
      )}
    </Page>
  );
}

function filesPath(repository: Repository, gitRef: string | undefined): string {
  if (gitRef === undefined || gitRef === repository.defaultBranch) return paths.repository(repository);
  return paths.repositoryTree(repository, gitRef, '');
}

function CloneAddress({ url }: { url: string }) {
  return (
    <span className={styles.clone}>
      <span className={styles.cloneLabel}>Clone</span>
      <code className={styles.url}>{url}</code>
      <CopyButton text={url} label="Copy the clone URL" />
    </span>
  );
}

function isNoName(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'request.invalid';
}

function NoSuchRepository({ name }: { name: string }) {
  usePageIdentity({ title: 'No such repository', crumbs: [list, { label: name }] });
  return (
    <MessagePanel
      icon={<IconMapQuestion size={20} stroke={1.6} />}
      title={`There is no repository ${name}`}
      headingLevel={1}
      actions={
        <LinkButton to={paths.repositories()} variant="filled">
          All repositories
        </LinkButton>
      }
    >
      The address may be mistyped, or it was removed.
    </MessagePanel>
  );
}
