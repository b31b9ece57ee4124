import { inTransaction, recordAudit, recordEvent, type Database, type Transaction } from '@waymark/db';
import type { Caller } from '../../platform/auth/caller.ts';
import { CATALOG_CHANNEL } from '../catalog/index.ts';
import * as sql from './ingestion.sql.ts';

/** Takes single entities out of the catalog, outside of any reading. */
export interface EntityRemovalRepository {
  /**
   * Removes the holder of a ref; a rival takes its place. Its file counts as changed from now on, so that the next
   * read of its source brings back what the file still says. False when there is no such entity.
   */
  remove(entityId: number, caller: Caller): Promise<boolean>;
}

interface DoomedRow {
  ref: string;
  source_id: string;
  file_id: string;
}

const DOOM_ONE = `
  WITH one AS (
    INSERT INTO doomed SELECT id, ref FROM catalog_entity WHERE id = $1 AND is_holder RETURNING id
  )
  SELECT ref, source_id, file_id FROM catalog_entity WHERE id IN (SELECT id FROM one)`;

const FORGET_FILE = `UPDATE catalog_file SET content_id = '${sql.FORGOTTEN_CONTENT}' WHERE id = $1`;
/** Without a revision to compare with, the source is listed again and the file found to have changed. */
const FORGET_REVISION = `UPDATE catalog_source SET revision = NULL WHERE id = $1`;

export function createEntityRemovalRepository(database: Database): EntityRemovalRepository {
  return {
    remove: (entityId, caller) =>
      inTransaction(database, async (transaction) => {
        await transaction.query(sql.CREATE_INCOMING);
        // Before any row is touched: all writers of the catalog stand in line for this one.
        const { rows: state } = await transaction.query<{ version: string }>(sql.NEXT_VERSION);
        const { rows } = await transaction.query<DoomedRow>(DOOM_ONE, [entityId]);
        const [doomed] = rows;
        if (doomed) await removeDoomed(transaction, doomed, Number(state[0]?.version), caller);
        return doomed !== undefined;
      }),
  };
}

async function removeDoomed(
  transaction: Transaction,
  { ref, source_id: sourceId, file_id: fileId }: DoomedRow,
  version: number,
  { actor, requestId }: Caller,
): Promise<void> {
  await transaction.query(sql.TOUCH_DOOMED_EDGES);
  await transaction.query(sql.LOG_REMOVALS, [version]);
  await transaction.query(sql.DELETE_DOOMED);
  await transaction.query(sql.PROMOTE_RIVALS, [version]);
  await transaction.query(sql.BUMP_TOUCHED, [version]);
  await transaction.query(sql.UPDATE_COUNTS, [sourceId, version]);
  await transaction.query(FORGET_FILE, [fileId]);
  await transaction.query(FORGET_REVISION, [sourceId]);
  await recordAudit(transaction, { actor: actor.ref, action: 'entity.delete', target: ref, requestId });
  await recordEvent(transaction, { type: 'catalog.entity-removed', subject: ref, payload: { version } });
  await transaction.query(sql.ANNOUNCE, [CATALOG_CHANNEL, String(version)]);
}
