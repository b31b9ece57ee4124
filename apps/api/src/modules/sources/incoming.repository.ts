import type { Transaction } from '@waymark/db';
import { CREATE_INCOMING, EMPTY_INCOMING, HAS_INCOMING } from './incoming.sql.ts';

/** Fewer bytes than this stay with the connection for its next reading: to give them back takes longer than to keep them. */
const LARGE_BYTES = 1024 * 1024;

/**
 * Runs `work` with empty tables to collect a change of the catalog in, which are made unless an earlier transaction of
 * the connection did so. They are empty again when the transaction ends, whichever way.
 */
export async function withIncomingTables<Result>(
  transaction: Transaction,
  work: () => Promise<Result>,
): Promise<Result> {
  const { rows } = await transaction.query<{ is_there: boolean }>(HAS_INCOMING);
  if (!rows[0]?.is_there) transaction.send(CREATE_INCOMING);
  const result = await work();
  transaction.send(EMPTY_INCOMING, [LARGE_BYTES]);
  return result;
}
