import type { Logger } from 'pino';
import type { DiscoveryReading } from './discovery-reading.ts';
import type { LeavingRepository } from './leaving.repository.ts';
import { explainFailure, explainPostponement, UNAUTHORIZED } from './read-failure.ts';
import { SourceRead, type SourceReadOptions } from './source-read.ts';
import { isDiscovery, type SourceToRead } from './source-row.repository.ts';
import type { ReadOutcome } from './readings.repository.ts';

export interface SourceReadingOptions extends SourceReadOptions {
  leaving: Pick<LeavingRepository, 'finishLeaves'>;
  discovery: DiscoveryReading;
  refreshIntervalMs: number;
  log: Logger;
}

/** Reads sources into the catalog. */
export interface SourceReading {
  /** Reads one source if it is due. Failures of the source itself end in its state, not in an exception. */
  read(sourceId: string, signal: AbortSignal): Promise<void>;
}

/** A reading that was begun. */
interface BegunReading {
  source: SourceToRead;
  startedAt: Date;
  /** What is recorded of it if it ended now. */
  outcome: () => ReadOutcome;
}

export function createSourceReading(options: SourceReadingOptions): SourceReading {
  const { sources, discovery, refreshIntervalMs, now, log } = options;

  const discover = async ({ source, outcome }: BegunReading, signal: AbortSignal) => {
    const { note, ...result } = await discovery.read(source, outcome(), signal);
    await sources.recordUnchanged(source.id, outcome(), note);
    return result;
  };

  const recordFailure = async (error: unknown, { source, startedAt, outcome }: BegunReading) => {
    const postponed = explainPostponement(error, source, outcome().nextReadAt);
    if (!postponed) {
      const failure = explainFailure(error, source, startedAt, log);
      return sources.recordFailure(source.id, { ...outcome(), ...failure });
    }
    await sources.recordPostponed(source.id, postponed.until, postponed.note);
    if (postponed.note.code !== UNAUTHORIZED || source.parentId === undefined) return undefined;
    return sources.recordFailure(source.parentId, { ...outcome(), readOrdinal: 0, error: postponed.note });
  };

  return {
    async read(sourceId, signal) {
      const startedAt = now();
      const nextReadAt = new Date(startedAt.getTime() + refreshIntervalMs);
      const source = await sources.startReading(sourceId, startedAt, nextReadAt);
      if (!source) return;
      const outcome = (): ReadOutcome => ({
        readOrdinal: source.readOrdinal,
        startedAt,
        durationMs: now().getTime() - startedAt.getTime(),
        nextReadAt,
      });
      const begun: BegunReading = { source, startedAt, outcome };
      try {
        const result = isDiscovery(source.type)
          ? await discover(begun, signal)
          : await new SourceRead(source, startedAt, options, signal).run(outcome);
        log.info(
          { source: source.shownTarget, ...result, durationMs: outcome().durationMs },
          'sources: read',
        );
      } catch (error) {
        signal.throwIfAborted();
        await recordFailure(error, begun);
      }
      // This may have been the read that something which left another source was waiting for.
      await options.leaving.finishLeaves();
    },
  };
}
