import { inTransaction, type Database, type Transaction } from '@waymark/db';
import type { QueryResultRow } from 'pg';

/** Another worker has taken the run up: this one may do nothing more for it. */
export class RunLostError extends Error {
  override readonly name = 'RunLostError';
}

/** The hold of one worker on one run. Every write of it fails with {@link RunLostError} once another has the run. */
export interface RunHold {
  readonly id: string;
  readonly taskId: string;
  readonly attempt: number;
}

/**
 * Runs what only the holder of a run may do.
 *
 * @throws RunLostError
 */
export function whileHeld<Result>(
  database: Database,
  hold: RunHold,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query(
      'SELECT 1 FROM scaffolder_run WHERE id = $1 AND attempt = $2 FOR UPDATE',
      [hold.id, hold.attempt],
    );
    if (rows.length === 0) throw lost();
    return work(transaction);
  });
}

/**
 * The same for changes that one statement can say, in one round trip to the database.
 *
 * @param change one of `run-changes.sql.ts`, whose own values begin at $3
 * @returns the row that it gives
 * @throws RunLostError
 */
export async function changeWhileHeld<Row extends QueryResultRow>(
  { pool }: Database,
  { id, attempt }: RunHold,
  change: string,
  values: readonly unknown[],
): Promise<Row> {
  const { rows } = await pool.query<Row>(change, [id, attempt, ...values]);
  const [row] = rows;
  if (!row) throw lost();
  return row;
}

function lost(): RunLostError {
  return new RunLostError('Another worker has taken this run up.');
}
