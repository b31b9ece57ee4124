import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getEntityOrigin, refreshEntity, type Source } from '@waymark/contracts';
import { countText } from '@waymark/ui';
import { api } from '../api.ts';
import { parseRef } from '../entities/entity-ref.ts';
import { queryKeys } from '../query-keys.ts';
import { tellError } from '../ui/tell-error.ts';
import { noteAskedRead } from './asked-reads.ts';
import { sourcesQueries } from './sources.queries.ts';

/** Questions that are under way at once: a selection may hold hundreds of rows. */
const maxConcurrent = 6;

/** Asks for a new read of the sources of some entities, each source once. Tells how many were asked. */
export function useRefreshSourcesOf() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (entityRefs: readonly string[]) => {
      const bySource = new Map<string, string>();
      await eachOf(entityRefs, async (ref) => {
        const { sourceId } = await api.call(getEntityOrigin, { params: parseRef(ref) });
        bySource.set(sourceId, ref);
      });
      const known = new Map(
        queryClient
          .getQueryData(sourcesQueries.all().queryKey)
          ?.map((source): [string, Source] => [source.id, source]),
      );
      await eachOf([...bySource], async ([sourceId, entityRef]) => {
        // The list does not hold the repositories that a discovery found.
        const source =
          known.get(sourceId) ??
          (await queryClient.fetchQuery({ ...sourcesQueries.one(sourceId), staleTime: 0 }));
        await api.call(refreshEntity, { body: { entityRef } });
        noteAskedRead(source, Date.now());
      });
      return bySource.size;
    },
    onSuccess: (count) => {
      notifications.show({
        message: `${countText(count, 'source is', 'sources are')} read again. You will be told the outcome.`,
      });
      return queryClient.invalidateQueries({ queryKey: queryKeys.sources });
    },
    onError: (error) => tellError(error),
  });
}

/** Runs work over a list, a few at a time; stops at the first failure. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: maxConcurrent }, worker));
}
