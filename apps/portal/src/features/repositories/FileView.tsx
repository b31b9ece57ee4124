import { IconFileUnknown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { CodeView, MessagePanel, Panel, SkeletonRows } from '@waymark/ui';
import { useLocation } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import { sizeText } from './FolderView.tsx';
import { PlaceMissing } from './PlaceMissing.tsx';
import { repositoriesQueries } from './repositories.queries.ts';

export interface FileViewProps {
  repository: Repository;
  gitRef: string;
  path: string;
}

/** A file as text with its line numbers, or why it is not shown. */
export function FileView({ repository, gitRef, path }: FileViewProps) {
  const { owner, name } = repository;
  const query = useQuery(repositoriesQueries.file({ owner, name, ref: gitRef, path }));
  const isSlow = useDelayed(query.isPending);
  const { hash } = useLocation();
  const line = /^#L(\d+)$/.exec(hash)?.[1];
  if (isNotFound(query.error)) return <PlaceMissing repository={repository} gitRef={gitRef} path={path} />;
  if (query.isPending)
    return isSlow ? <SkeletonRows rows={12} columns={['45%']} label="Loading the file" /> : null;
  if (query.error) {
    return (
      <ErrorPanel
        error={query.error}
        size="inline"
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  const { content, bytes } = query.data;
  return (
    <Panel
      title={path.slice(path.lastIndexOf('/') + 1)}
      count={sizeText(bytes)}
      isFlush={content.kind === 'text'}
    >
      {content.kind === 'text' ? (
        <CodeView
          text={content.text}
          language={/\.ya?ml$/i.test(path) ? 'yaml' : 'plain'}
          label={`Text of ${path}`}
          markedLine={line === undefined ? undefined : Number(line)}
        />
      ) : (
        <MessagePanel
          icon={<IconFileUnknown size={20} stroke={1.6} />}
          title={content.kind === 'binary' ? 'This file is no text' : 'This file is too large to show'}
          size="inline"
          headingLevel={3}
        >
          Clone the repository to see it.
        </MessagePanel>
      )}
    </Panel>
  );
}
