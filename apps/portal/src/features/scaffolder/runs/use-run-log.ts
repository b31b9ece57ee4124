import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Run, TaskEvent } from '@waymark/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { queryKeys } from '../../../lib/query-keys.ts';
import { isMoving } from '../../../lib/scaffolder/run-words.ts';
import { hasEnding, withEvents, type RunLog } from './log/run-log.ts';
import { followRun, type StreamState } from './run-stream.ts';
import { runQueries } from './run.queries.ts';

/** After a run has ended, its last lines may still be on their way. */
const quietMs = 3_000;

/** The log of a run as it grows, and whether its stream is there. `ended` when nothing more can come. */
export function useRunLog(run: Run): { log: RunLog; stream: StreamState | 'ended' } {
  const queryClient = useQueryClient();
  const { data: log } = useQuery(runQueries.log(run.id));
  const [stream, setStream] = useState<StreamState>('connecting');
  const isQuiet = useIsQuiet(log, stream, run);
  const onEvents = useEffectEvent((events: TaskEvent[]) => {
    queryClient.setQueryData(runQueries.log(run.id).queryKey, (known) => known && withEvents(known, events));
    // Only these change what the run says of itself.
    if (events.some(({ type, body }) => type !== 'log' || body.status !== undefined)) refetch();
    // An end or a new beginning is news for the lists and the count above the page as well.
    if (events.some(({ type }) => type !== 'log') && isMoving(run))
      void queryClient.invalidateQueries({ queryKey: queryKeys.runs });
  });
  const refetch = () => void queryClient.invalidateQueries({ queryKey: runQueries.one(run.id).queryKey });
  const onState = useEffectEvent((state: StreamState) => {
    // What happened while nobody listened.
    if (state === 'live' && stream === 'lost') refetch();
    setStream(state);
  });
  useEffect(() => {
    if (isQuiet) return;
    const after = queryClient.getQueryData(runQueries.log(run.id).queryKey)?.lastId ?? 0;
    return followRun({
      taskId: run.id,
      after,
      onEvents: (events) => onEvents(events),
      onState: (state) => onState(state),
    });
  }, [run.id, isQuiet, queryClient]);
  return { log, stream: isQuiet ? 'ended' : stream };
}

/** Has everything been told: the run has ended, its log says so, and nothing came for a while. */
function useIsQuiet(log: RunLog, stream: StreamState, run: Run): boolean {
  const isDone = !isMoving(run) && hasEnding(log) && stream === 'live';
  const key = [run.id, run.status, run.endedAt, run.undo?.state, log.lastId].join();
  const [quietKey, setQuietKey] = useState<string>();
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setQuietKey(key), quietMs);
    return () => clearTimeout(timer);
  }, [isDone, key]);
  return quietKey === key && !isMoving(run);
}
