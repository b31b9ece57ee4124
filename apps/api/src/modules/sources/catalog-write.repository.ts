import { recordChange, type ChangeRecord, type Transaction } from '@waymark/db';
import { CATALOG_CHANNEL } from '../catalog/index.ts';
import * as sql from './ingestion.sql.ts';
import { DELETE_EMPTY_GONE_FILES, FORGET_AWAITED_READS } from './leaving.sql.ts';

/** Old enough that no running reader is still before it. */
const REMOVALS_KEPT_VERSIONS = 5_000;

/** The version that a writing transaction gives to the catalog, and its instant. */
export interface CatalogMoment {
  version: number;
  at: Date;
}

/** Runs statements on a transaction and tells how many rows each touched. */
export function runOn(
  transaction: Transaction,
): (statement: string, ...values: unknown[]) => Promise<number> {
  return async (statement, ...values) => (await transaction.query(statement, values)).rowCount ?? 0;
}

/** Takes the catalog's lock until the end of the transaction, and the next version. */
export async function nextMoment(transaction: Transaction): Promise<CatalogMoment> {
  const { rows } = await transaction.query<{ version: string; at: Date }>(sql.NEXT_VERSION);
  const [row] = rows;
  if (!row) throw new Error('The table catalog_state has no row.');
  return { version: Number(row.version), at: row.at };
}

/** Deletes the rows in `doomed`. Resolves to how many entities went by the will of their own source. */
export async function removeDoomed(transaction: Transaction, version: number): Promise<number> {
  transaction.send(sql.TOUCH_DOOMED_EDGES);
  const logging = transaction.query<{ removed: number }>(sql.LOG_REMOVALS, [version]);
  transaction.send(sql.DELETE_DOOMED);
  const { rows } = await logging;
  return rows[0]?.removed ?? 0;
}

/** After something went: rivals take its places, and what is not needed any more is forgotten. */
export function passOn(transaction: Transaction, { version, at }: CatalogMoment): void {
  transaction.send(sql.PROMOTE_RIVALS, [version, at]);
  transaction.send(DELETE_EMPTY_GONE_FILES);
  transaction.send(FORGET_AWAITED_READS);
  transaction.send(sql.FORGET_OLD_REMOVALS, [version - REMOVALS_KEPT_VERSIONS]);
}

/** Ends a writing transaction: the other ends of edges and the counts follow, the change is recorded, readers are told. */
export function announce(
  transaction: Transaction,
  sourceId: string | null,
  version: number,
  record: ChangeRecord,
): void {
  transaction.send(sql.BUMP_TOUCHED, [version]);
  transaction.send(sql.UPDATE_COUNTS, [sourceId, version]);
  recordChange(transaction, {
    ...record,
    notify: [...(record.notify ?? []), { channel: CATALOG_CHANNEL, payload: String(version) }],
  });
}
