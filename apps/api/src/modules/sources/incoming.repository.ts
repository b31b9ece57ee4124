import type { Transaction } from '@waymark/db';
import { CREATE_INCOMING, HAS_INCOMING } from './incoming.sql.ts';

/** Makes the tables in which a reading is collected, unless an earlier transaction of the connection did. */
export async function demandIncomingTables(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ is_there: boolean }>(HAS_INCOMING);
  if (!rows[0]?.is_there) await transaction.query(CREATE_INCOMING);
}
