import type { SourceProgress } from '@waymark/contracts';
import type { Database, Transaction } from '@waymark/db';
import { FORGOTTEN_CONTENT } from './content-id.ts';
import { sourceToRead, type SourceToRead } from './source-row.repository.ts';
import { DUE } from './sources.sql.ts';

/** Instants of PostgreSQL are rounded to milliseconds: what was to be read at once may say the next one. */
const roundedUp = (now: Date): Date => new Date(now.getTime() + 1);

/** How a read went, for the source's row. */
export interface ReadOutcome {
  /** Ordinal of the read, from {@link SourceToRead}. */
  readOrdinal: number;
  startedAt: Date;
  durationMs: number;
  nextReadAt: Date;
}

/** Something that the reader of a source's state shall know. */
export interface SourceNote {
  code: string;
  message: string;
  hint: string;
}

/** When sources are read, and how it went. */
export interface ReadingsRepository {
  /** Ids of sources whose time has come. */
  due(now: Date, limit: number): Promise<string[]>;
  /**
   * Takes a source for reading: it is due, or was left behind in the middle by a worker that died.
   * Undefined when somebody has read it in the meantime.
   */
  startReading(id: string, now: Date, nextReadAt: Date): Promise<SourceToRead | undefined>;
  recordProgress(id: string, progress: SourceProgress): Promise<void>;
  recordSuccess(
    transaction: Transaction,
    id: string,
    outcome: ReadOutcome & {
      revision: string;
      fingerprint: string;
      counts: { added: number; changed: number; removed: number };
    },
  ): void;
  /** @param note what the reader shall know although the read went well */
  recordUnchanged(id: string, outcome: ReadOutcome, note?: SourceNote): Promise<void>;
  recordFailure(id: string, outcome: ReadOutcome & { error: SourceNote }): Promise<void>;
  /** The host is not to be called now: the source is as it was, says why, and is read at `nextReadAt`. */
  recordPostponed(id: string, nextReadAt: Date, note: SourceNote): Promise<void>;
}

export function createReadingsRepository({ pool, prisma }: Database): ReadingsRepository {
  return {
    async due(now, limit) {
      const { rows } = await pool.query<{ id: string }>(DUE, [roundedUp(now), limit]);
      return rows.map(({ id }) => id);
    },

    async startReading(id, now, nextReadAt) {
      const [row] = await prisma.catalogSource.updateManyAndReturn({
        where: {
          id: BigInt(id),
          OR: [{ nextReadAt: { lte: roundedUp(now) } }, { state: 'reading' }],
          NOT: { parent: { state: 'failed', error: { path: ['code'], equals: 'host.unauthorized' } } },
        },
        // A request that was made until now is answered by this read; one that comes later needs another.
        data: {
          ...{ state: 'reading', nextReadAt, requestedAt: null, readsStarted: { increment: 1 } },
          progress: { stage: 'fetching', done: 0, startedAt: now.toISOString() },
        },
      });
      return row ? sourceToRead(row) : undefined;
    },

    async recordProgress(id, progress) {
      await prisma.catalogSource.updateMany({
        where: { id: BigInt(id), state: 'reading' },
        data: { progress },
      });
    },

    recordSuccess(transaction, id, outcome) {
      transaction.send(
        `UPDATE catalog_source
            SET state = CASE WHEN requested_at IS NULL THEN 'ready' ELSE 'queued' END,
                progress = NULL, error = NULL, fingerprint = $3,
                -- A file that was forgotten while this reading went on is still to be read.
                revision = CASE WHEN EXISTS (SELECT 1 FROM catalog_file WHERE source_id = $1 AND content_id = $11)
                                THEN NULL ELSE $2 END,
                last_read_at = $4, last_success_at = $4, duration_ms = $5,
                next_read_at = CASE WHEN requested_at IS NULL THEN $6 ELSE now() END,
                added = $7, changed = $8, removed = $9, reads_ended = GREATEST(reads_ended, $10)
          WHERE id = $1`,
        [
          id,
          outcome.revision,
          outcome.fingerprint,
          outcome.startedAt,
          outcome.durationMs,
          outcome.nextReadAt,
          outcome.counts.added,
          outcome.counts.changed,
          outcome.counts.removed,
          outcome.readOrdinal,
          FORGOTTEN_CONTENT,
        ],
      );
    },

    async recordUnchanged(id, { startedAt, durationMs, nextReadAt, readOrdinal }, note) {
      await pool.query(
        `UPDATE catalog_source
            SET state = CASE WHEN requested_at IS NULL THEN 'ready' ELSE 'queued' END,
                progress = NULL, error = $6, last_read_at = $2, last_success_at = $2,
                duration_ms = $3, next_read_at = CASE WHEN requested_at IS NULL THEN $4 ELSE now() END,
                added = 0, changed = 0, removed = 0, reads_ended = GREATEST(reads_ended, $5)
          WHERE id = $1`,
        [
          ...[id, startedAt, durationMs, nextReadAt, readOrdinal],
          note === undefined ? null : JSON.stringify(note),
        ],
      );
    },

    async recordFailure(id, { startedAt, durationMs, nextReadAt, readOrdinal, error }) {
      await pool.query(
        `UPDATE catalog_source
            SET state = 'failed', progress = NULL, error = $5, last_read_at = $2, duration_ms = $3,
                next_read_at = CASE WHEN requested_at IS NULL THEN $4 ELSE now() END,
                reads_ended = GREATEST(reads_ended, $6)
          WHERE id = $1`,
        [id, startedAt, durationMs, nextReadAt, JSON.stringify(error), readOrdinal],
      );
    },

    async recordPostponed(id, nextReadAt, note) {
      await pool.query(
        `UPDATE catalog_source
            SET state = CASE WHEN last_success_at IS NULL THEN 'waiting'
                             WHEN parent_id IS NULL THEN 'ready' ELSE 'queued' END,
                progress = NULL, error = $3, next_read_at = $2
          WHERE id = $1`,
        [id, nextReadAt, JSON.stringify(note)],
      );
    },
  };
}
