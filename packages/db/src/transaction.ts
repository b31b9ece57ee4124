import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './database.ts';

/** An open transaction. What is recorded on it commits or rolls back with everything else. */
export interface Transaction {
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>>;
  /** Runs `COPY … FROM STDIN` with rows in its text format, as `copyLine` writes them, cut anywhere. */
  copyIn(sql: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
}

/**
 * Runs `work` in one transaction: commits when it returns, rolls back when it throws. A connection
 * whose rollback fails is thrown away, so a later user never inherits an open transaction.
 */
export function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return runBetween(database, 'BEGIN', work);
}

/** The same for work that takes long: it waits for its turn, and leaves connections to everything else. */
export function inLongTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.inLongTurn(() => inTransaction(database, work));
}

/** Runs reads that all see the database as it was at the first of them. */
export function inSnapshot<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return runBetween(database, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
}

async function runBetween<Result>(
  database: Database,
  begin: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two queries would otherwise raise an unhandled 'error' event.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(begin);
    const result = await work(openTransaction(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

function openTransaction(client: PoolClient): Transaction {
  return {
    query: (sql, values) => client.query(sql, values),
    copyIn: (sql, chunks) => pipeline(Readable.from(chunks), client.query(copyFrom(sql))),
  };
}
