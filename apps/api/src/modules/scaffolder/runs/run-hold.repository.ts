import { inTransaction, type Database, type Transaction } from '@waymark/db';
import { RUN_REQUESTS_CHANNEL, RUNS_CHANNEL } from './run-record.ts';

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
 * Runs what only the holder of a run may do, and announces it.
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
    const result = await work(transaction);
    await announce(transaction, hold.taskId);
    return result;
  });
}

/**
 * The same for changes that one statement can say, in one round trip to the database.
 *
 * @param change one of `run-changes.sql.ts`, whose own values begin at $5
 * @throws RunLostError
 */
export async function changeWhileHeld(
  { pool }: Database,
  hold: RunHold,
  change: string,
  values: readonly unknown[],
): Promise<void> {
  const { rowCount } = await pool.query(change, [
    ...[hold.id, hold.attempt, RUNS_CHANNEL, hold.taskId],
    ...values,
  ]);
  if (rowCount === 0) throw lost();
}

/** Tells everybody who follows a run that there is something new. */
export async function announce(transaction: Transaction, taskId: string): Promise<void> {
  await transaction.query('SELECT pg_notify($1, $2)', [RUNS_CHANNEL, taskId]);
}

/** The same, and tells the workers that there is something to do for it. */
export async function announceRequest(transaction: Transaction, taskId: string): Promise<void> {
  await announce(transaction, taskId);
  await transaction.query('SELECT pg_notify($1, $2)', [RUN_REQUESTS_CHANNEL, taskId]);
}

function lost(): RunLostError {
  return new RunLostError('Another worker has taken this run up.');
}
