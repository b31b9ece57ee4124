import { IconMapQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { CopyButton, MessagePanel, numberText, SkeletonRows, StatusLabel } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useParams } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { Page } from '../../lib/page/Page.tsx';
import { usePageIdentity } from '../../lib/page/page-identity.ts';
import { TabLinks } from '../../lib/page/TabLinks.tsx';
import { paths } from '../../lib/paths.ts';
import { isDiscovery } from '../../lib/sources/source-kind-words.ts';
import { sourceName } from '../../lib/sources/source-words.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { SourceState } from '../../lib/sources/SourceState.tsx';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { ApiError } from '@waymark/api-client';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { DiscoveredSources } from './DiscoveredSources.tsx';
import { SourceActions } from './SourceActions.tsx';
import { SourceConflicts } from './SourceConflicts.tsx';
import { SourceFacts } from './SourceFacts.tsx';
import styles from './SourcePage.module.css';
import { SourceProblems } from './SourceProblems.tsx';

const tabIds = ['repositories', 'problems', 'conflicts'] as const;

/** One source: its state, what its last read did, what is wrong in its files. */
export function SourcePage() {
  const { id = '' } = useParams();
  const query = useQuery(sourcesQueries.one(id));
  const isSlow = useDelayed(query.isPending);
  if (query.data) return <LoadedSource source={query.data} />;
  if (isNoSource(query.error)) return <NoSuchSource id={id} />;
  return (
    <Page title="Source" parents={[{ label: 'Sources', to: paths.sources() }]}>
      {query.error ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      ) : (
        isSlow && <SkeletonRows rows={6} label="Loading the source" />
      )}
    </Page>
  );
}

/** Also an address that cannot be one: ids are numbers. */
function isNoSource(error: unknown): boolean {
  return error instanceof ApiError && ['catalog.source-not-found', 'request.invalid'].includes(error.code);
}

function LoadedSource({ source }: { source: Source }) {
  const [chosenTab] = useQueryState('tab', parseAsStringLiteral(tabIds));
  const hasChildren = isDiscovery(source);
  const tab = chosenTab ?? (hasChildren ? 'repositories' : 'problems');
  const { counts } = source;
  const problems = counts.errors + counts.warnings + counts.notes;
  return (
    <Page
      title={sourceName(source)}
      parents={[{ label: 'Sources', to: paths.sources() }]}
      beside={<SourceState source={source} look="pill" />}
      lead={
        <span className={styles.target}>
          {source.target}
          <CopyButton text={source.target} label="Copy the address" />
        </span>
      }
      actions={<SourceActions source={source} />}
    >
      {source.error && (
        <div className={styles.failure} role="alert">
          <StatusLabel tone="bad">{source.error.message}</StatusLabel>
          <p>{source.error.hint}</p>
          <p className={styles.code}>
            {source.error.code}. The {numberText(counts.entities)} entities of its last good read stay in the
            catalog.
          </p>
        </div>
      )}
      <SourceFacts source={source} />
      <TabLinks
        label="Sections"
        currentId={tab}
        tabs={[
          ...(hasChildren
            ? [
                {
                  id: 'repositories',
                  label: 'Repositories',
                  to: paths.source(source.id),
                  count: source.childCount === undefined ? undefined : numberText(source.childCount),
                },
              ]
            : []),
          {
            id: 'problems',
            label: 'Problems',
            to: paths.source(source.id, hasChildren ? { tab: 'problems' } : {}),
            count: numberText(problems),
          },
          {
            id: 'conflicts',
            label: 'Conflicts',
            to: paths.source(source.id, { tab: 'conflicts' }),
            count: numberText(counts.conflicts),
          },
        ]}
      />
      <div className={styles.content}>
        {tab === 'repositories' && <DiscoveredSources source={source} />}
        {tab === 'problems' && <SourceProblems source={source} />}
        {tab === 'conflicts' && <SourceConflicts source={source} />}
      </div>
    </Page>
  );
}

function NoSuchSource({ id }: { id: string }) {
  usePageIdentity({
    title: 'No such source',
    crumbs: [{ label: 'Sources', to: paths.sources() }, { label: id }],
  });
  return (
    <MessagePanel
      icon={<IconMapQuestion size={20} stroke={1.6} />}
      title={`There is no source ${id}`}
      headingLevel={1}
      actions={
        <LinkButton to={paths.sources()} variant="filled">
          All sources
        </LinkButton>
      }
    >
      It may have been removed, or taken out of the configuration.
    </MessagePanel>
  );
}
