import { inTransaction, type Database, type Transaction } from '@waymark/db';
import { FORGOTTEN_CONTENT } from './content-id.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import {
  announce,
  nextMoment,
  passOn,
  removeDoomed,
  type CatalogMoment,
} from './catalog-write.repository.ts';
import { KEEP_ENDING_VERSIONS } from './ending.sql.ts';
import { withIncomingTables } from './incoming.repository.ts';

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

/** `$1`: id of the entity, `$2`: who takes it out. The history tells so. */
const DOOM_ONE = `
  WITH one AS (
    INSERT INTO doomed (id, ref, uid, source_id, is_holder)
    SELECT id, ref, uid, source_id, is_holder FROM catalog_entity WHERE id = $1 AND is_holder
    RETURNING id
  ), told AS (
    INSERT INTO file_change (path, changed_by, reason)
    SELECT f.path, $2, 'Taken out of the catalog by hand'
      FROM catalog_entity e JOIN catalog_file f ON f.id = e.file_id
     WHERE e.id = $1
  )
  SELECT ref, source_id, file_id FROM catalog_entity WHERE id IN (SELECT id FROM one)`;

const FORGET_FILE = `UPDATE catalog_file SET content_id = '${FORGOTTEN_CONTENT}' WHERE id = $1`;
/** Without a revision to compare with, the source is listed again and the file found to have changed. */
const FORGET_REVISION = `UPDATE catalog_source SET revision = NULL WHERE id = $1`;

export function createEntityRemovalRepository(database: Database): EntityRemovalRepository {
  return {
    remove: (entityId, caller) =>
      inTransaction(database, (transaction) =>
        withIncomingTables(transaction, async () => {
          // Before any row is touched: all writers of the catalog stand in line for this one.
          const moment = await nextMoment(transaction);
          const { rows } = await transaction.query<DoomedRow>(DOOM_ONE, [entityId, caller.actor.ref]);
          const [doomed] = rows;
          if (doomed) await removeOne(transaction, doomed, moment, caller);
          return doomed !== undefined;
        }),
      ),
  };
}

async function removeOne(
  transaction: Transaction,
  { ref, source_id: sourceId, file_id: fileId }: DoomedRow,
  moment: CatalogMoment,
  { actor, requestId }: Caller,
): Promise<void> {
  const { version, at } = moment;
  transaction.send(KEEP_ENDING_VERSIONS, [sourceId, at, null]);
  await removeDoomed(transaction, version);
  passOn(transaction, moment);
  transaction.send(FORGET_FILE, [fileId]);
  transaction.send(FORGET_REVISION, [sourceId]);
  announce(transaction, sourceId, version, {
    audit: { actor: actor.ref, action: 'entity.delete', target: ref, requestId },
    event: { type: 'catalog.entity-removed', subject: ref, payload: { version } },
  });
}
