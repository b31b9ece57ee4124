import { notifications } from '@mantine/notifications';
import { useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { queryKeys } from '../query-keys.ts';
import { isNotFound } from '../ui/error-words.ts';
import { askedReads, forgetAskedRead, takeEndedReads } from './asked-reads.ts';
import { sourceName } from './source-words.ts';
import { sourcesQueries } from './sources.queries.ts';

/**
 * Follows all sources from the shell: when one has been read, what pages show of the catalog is asked
 * again, and whoever asked for the read is told its outcome. Gives the sources, without the repositories
 * of discoveries: of those only the ones whose read was asked for are followed.
 */
export function useSourceWatch(): Source[] | undefined {
  const queryClient = useQueryClient();
  const { data: sources } = useQuery(sourcesQueries.all());
  const unlisted = useAskedButUnlisted(sources);
  const seenRevisions = useRef<string>(undefined);
  useEffect(() => {
    if (!sources) return;
    const revisions = sources
      .map(({ id, revision, counts }) => [id, revision, counts.entities, counts.errors].join())
      .join(';');
    const hasChanged = seenRevisions.current !== undefined && seenRevisions.current !== revisions;
    seenRevisions.current = revisions;
    const ended = takeEndedReads([...sources, ...unlisted], Date.now());
    if (hasChanged || ended.length > 0) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.catalog });
    }
    for (const source of ended) tellOutcome(source);
  }, [sources, unlisted, queryClient]);
  return sources;
}

/** Sources whose read was asked for and that the list does not hold: repositories that a discovery found. */
function useAskedButUnlisted(sources: readonly Source[] | undefined): Source[] {
  const asked = useSyncExternalStore(askedReads.subscribe, askedReads.ids);
  const ids = sources ? asked.filter((id) => !sources.some((source) => source.id === id)) : [];
  const { found, goneIndexes } = useQueries({ queries: ids.map(sourcesQueries.one), combine: foundAndGone });
  const goneIds = goneIndexes.map((index) => ids[index]).join();
  useEffect(() => {
    for (const id of goneIds.split(',')) forgetAskedRead(id);
  }, [goneIds]);
  return found;
}

function foundAndGone(results: UseQueryResult<Source>[]) {
  return {
    found: results.flatMap(({ data }) => data ?? []),
    goneIndexes: results.flatMap(({ error }, index) => (isNotFound(error) ? [index] : [])),
  };
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
