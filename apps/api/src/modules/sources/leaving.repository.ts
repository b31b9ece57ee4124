import { inTransaction, type Database, type Transaction } from '@waymark/db';
import {
  announce,
  nextMoment,
  passOn,
  removeDoomed,
  runOn,
  type CatalogMoment,
} from './catalog-write.repository.ts';
import { KEEP_ENDING_VERSIONS } from './ending.sql.ts';
import { withIncomingTables } from './incoming.repository.ts';
import * as sql from './leaving.sql.ts';
import { SOURCES_CHANNEL } from './sources.repository.ts';

/** Nothing is waited for any longer than this, as long as a worker runs. */
const GRACE_SECONDS = 5 * 60;

/** Entities that left their file and wait for the sources that could have them now. */
export interface LeavingRepository {
  /** Removes what has waited for all it must wait for. Resolves to how many entities went. */
  finishLeaves(): Promise<number>;
  /** For the start of a worker: while none ran, nothing could be read, so the time begins anew. */
  renewDeadlines(): Promise<void>;
}

export function createLeavingRepository(database: Database): LeavingRepository {
  return {
    async finishLeaves() {
      const { rows } = await database.pool.query<{ is_due: boolean }>(sql.HAS_DUE_LEAVES);
      if (!rows[0]?.is_due) return 0;
      return inTransaction(database, (open) => withIncomingTables(open, () => removeDueLeaves(open)));
    },
    async renewDeadlines() {
      await database.pool.query(sql.RENEW_DEADLINES, [GRACE_SECONDS]);
    },
  };
}

/**
 * Lets doomed entities leave instead of going, where another source could hold them now, and asks for the reads
 * that must come first. Resolves to how many leave.
 */
export async function leaveInsteadOfGoing(
  transaction: Transaction,
  sourceId: string,
  { version, at }: CatalogMoment,
  revision: string | null,
): Promise<number> {
  const run = runOn(transaction);
  if ((await run(sql.AWAIT_READS, sourceId, version)) === 0) return 0;
  const left = await run(sql.BEGIN_LEAVING, sourceId, version, at, revision, GRACE_SECONDS);
  transaction.send(sql.MARK_LEAVING, [version, at.toISOString()]);
  transaction.send(sql.SPARE_LEAVING, [version]);
  transaction.send(sql.REQUEST_AWAITED_READS, [version]);
  transaction.send('SELECT pg_notify($1, $2)', [SOURCES_CHANNEL, sourceId]);
  return left;
}

async function removeDueLeaves(transaction: Transaction): Promise<number> {
  const run = runOn(transaction);
  // Decided under the lock: a reading that ends at the same time may bring a claim.
  transaction.send(sql.LOCK_CATALOG);
  if ((await run(sql.DOOM_DUE_LEAVES)) === 0) return 0;
  const moment = await nextMoment(transaction);
  transaction.send(KEEP_ENDING_VERSIONS, [null, moment.at, null]);
  const removed = await removeDoomed(transaction, moment.version);
  passOn(transaction, moment);
  announce(transaction, null, moment.version, {
    event: {
      type: 'catalog.entities-removed',
      subject: 'catalog',
      payload: { version: moment.version, removed },
    },
  });
  return removed;
}
