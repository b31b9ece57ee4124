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
      {content && <ReadmeText text={content.text} place={{ repository, gitRef, path }} />}
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

function ReadmeText({ text, place }: { text: string; place: PlaceOfReadme }) {
  const isMarkdown = /\.(md|markdown)$/i.test(place.path) && text.length <= maxMarkdownLength;
  if (!isMarkdown) return <div className={styles.readme}>{text}</div>;
  return <Markdown text={text} pageOf={(address) => pageOfReadmeLink(place, address)} />;
}
