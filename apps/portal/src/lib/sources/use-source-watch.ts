import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { useEffect, useRef } from 'react';
import { queryKeys } from '../query-keys.ts';
import { takeEndedReads } from './asked-reads.ts';
import { sourceName } from './source-words.ts';
import { sourcesQueries } from './sources.queries.ts';

/**
 * Follows all sources from the shell: when one has been read, what pages show of the catalog is asked
 * again, and whoever asked for the read is told its outcome. Gives the sources.
 */
export function useSourceWatch(): Source[] | undefined {
  const queryClient = useQueryClient();
  const { data: sources } = useQuery(sourcesQueries.all());
  const seenRevisions = useRef<string>(undefined);
  useEffect(() => {
    if (!sources) return;
    const revisions = sources
      .map(({ id, revision, counts }) => [id, revision, counts.entities, counts.errors].join())
      .join(';');
    if (seenRevisions.current !== undefined && seenRevisions.current !== revisions) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.catalog });
    }
    seenRevisions.current = revisions;
    for (const source of takeEndedReads(sources)) tellOutcome(source);
  }, [sources, queryClient]);
  return sources;
}

function tellOutcome(source: Source) {
  const name = sourceName(source);
  if (source.state === 'failed') {
    notifications.show({
      color: 'red',
      title: `${name} could not be read`,
      message: source.error?.hint ?? 'Its last good entities stay.',
    });
    return;
  }
  const { added, changed, removed, errors } = source.counts;
  const changes = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ].filter(([count]) => count !== 0);
  const words =
    changes.length === 0 ? 'nothing has changed' : changes.map((change) => change.join(' ')).join(', ');
  notifications.show({
    color: errors > 0 ? 'yellow' : 'green',
    title: `${name} was read`,
    message: `${words[0]?.toUpperCase()}${words.slice(1)}${errors > 0 ? `; errors: ${errors}` : ''}.`,
  });
}
