import { IconRadar2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import { SourceList } from './SourceList.tsx';

/** The repositories that a discovery found, page by page. */
export function DiscoveredSources({ source }: { source: Source }) {
  const query = useInfiniteQuery(sourcesQueries.childrenOf(source.id));
  const children = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PagedList
      query={query}
      isEmpty={children.length === 0}
      skeleton={<SkeletonRows rows={8} rowHeight={52} label="Loading the repositories" />}
      empty={<NothingFound isRead={source.lastReadAt !== undefined} />}
    >
      <SourceList sources={children} />
    </PagedList>
  );
}

function NothingFound({ isRead }: { isRead: boolean }) {
  return (
    <MessagePanel
      icon={<IconRadar2 size={20} stroke={1.6} />}
      title={isRead ? 'No repository found' : 'Not looked yet'}
      size="inline"
      headingLevel={3}
    >
      {isRead
        ? 'Its filters match none, or none has the file that it looks for.'
        : 'The repositories that it finds show here after the first look.'}
    </MessagePanel>
  );
}
