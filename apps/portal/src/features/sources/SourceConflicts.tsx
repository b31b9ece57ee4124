import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { countText, MessagePanel, Panel, SkeletonRows } from '@waymark/ui';
import { Link } from 'react-router';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { paths } from '../../lib/paths.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import styles from './SourceConflicts.module.css';

/** References that files of this source claim while another file holds them. */
export function SourceConflicts({ source }: { source: Source }) {
  const query = useInfiniteQuery(sourcesQueries.conflicts(source.id));
  const conflicts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PagedList
      query={query}
      isEmpty={conflicts.length === 0}
      skeleton={<SkeletonRows rows={3} rowHeight={56} label="Loading the conflicts" />}
      empty={
        <MessagePanel
          icon={<IconCircleCheck size={20} stroke={1.6} />}
          title="No conflicts"
          size="inline"
          headingLevel={3}
        >
          No other file claims a reference of this source.
        </MessagePanel>
      }
    >
      <Panel title="Claimed by two files" count={countText(conflicts.length, 'reference')} isFlush>
        <ul className={styles.list}>
          {conflicts.map((conflict) => (
            <li key={`${conflict.path} ${conflict.line} ${conflict.entityRef}`} className={styles.conflict}>
              <EntityLink entityRef={conflict.entityRef} hasIcon>
                {conflict.entityRef}
              </EntityLink>
              <div className={styles.files}>
                <span>
                  Here: <code>{`${conflict.path}:${conflict.line}`}</code>
                </span>
                <span>
                  Held by{' '}
                  <Link
                    to={paths.source(conflict.holder.sourceId)}
                    className={styles.link}
                    title={conflict.holder.sourceTarget}
                  >
                    {shortTarget(conflict.holder.sourceTarget)}
                  </Link>{' '}
                  <code>{`${conflict.holder.path}:${conflict.holder.line}`}</code>
                </span>
              </div>
              <p className={styles.hint}>
                The holder was read first and keeps the reference. Rename this one, or remove the one that is
                wrong.
              </p>
            </li>
          ))}
        </ul>
      </Panel>
    </PagedList>
  );
}
