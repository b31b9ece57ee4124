import { useQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { Panel, SkeletonRows } from '@waymark/ui';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { repositoriesQueries } from './repositories.queries.ts';
import styles from './ReadmePanel.module.css';

/** The README of a folder as its author typed it. */
export function ReadmePanel({
  repository: { owner, name },
  gitRef,
  path,
}: {
  repository: Repository;
  gitRef: string;
  path: string;
}) {
  const query = useQuery(repositoriesQueries.file({ owner, name, ref: gitRef, path }));
  const isSlow = useDelayed(query.isPending);
  const content = query.data?.content;
  if (content && content.kind !== 'text') return null;
  return (
    <Panel title={path.slice(path.lastIndexOf('/') + 1)}>
      {content && <div className={styles.readme}>{content.text}</div>}
      {query.isPending && isSlow && <SkeletonRows rows={4} columns={['70%']} label="Loading the README" />}
      {query.error && (
        <ErrorPanel
          error={query.error}
          size="inline"
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
    </Panel>
  );
}
