import { useQuery } from '@tanstack/react-query';
import { Panel, SkeletonRows } from '@waymark/ui';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { Markdown } from '../../lib/ui/markdown/Markdown.tsx';
import { pageOfReadmeLink, type PlaceOfReadme } from './readme-links.ts';
import { repositoriesQueries } from './repositories.queries.ts';
import styles from './ReadmePanel.module.css';

/** A longer one would hold the page up; it is shown as it was typed. */
const maxMarkdownLength = 200_000;

/** The README of a folder. */
export function ReadmePanel({ repository, gitRef, path }: PlaceOfReadme) {
  const { owner, name } = repository;
  const query = useQuery(repositoriesQueries.file({ owner, name, ref: gitRef, path }));
  const isSlow = useDelayed(query.isPending);
  const content = query.data?.content;
  if (content && content.kind !== 'text') return null;
  return (
    <Panel title={path.slice(path.lastIndexOf('/') + 1)}>
      {content &&
        (/\.(md|markdown)$/i.test(path) && content.text.length <= maxMarkdownLength ? (
          <Markdown
            text={content.text}
            pageOf={(address) => pageOfReadmeLink({ repository, gitRef, path }, address)}
          />
        ) : (
          <div className={styles.readme}>{content.text}</div>
        ))}
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
