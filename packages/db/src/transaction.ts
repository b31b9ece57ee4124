import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './database.ts';

/**
 * An open transaction. What is recorded on it commits or rolls back with everything else. Statements are written to
 * PostgreSQL as they come, without waiting for the answers to those before, and are carried out in that order.
 */
export interface Transaction {
  /** Sends a statement of which nobody needs the answer. If it fails, the transaction fails with its error. */
  send(sql: string, values?: unknown[]): void;
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>>;
  /**
   * Runs `COPY … FROM STDIN` with rows in its text format, as `copyLine` writes them, cut anywhere. What was sent is
   * carried out before; wait for what was asked, and ask nothing until it is done.
   */
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
  const sent = sendOn(client);
  try {
    sent.send(begin);
    const result = await work(openTransaction(client, sent));
    const [{ command }] = await Promise.all([client.query('COMMIT'), sent.answered()]);
    // PostgreSQL commits nothing, and calls that no error, after a failure that `work` has made nothing of.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: one of its statements had failed.');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    await sent.answered(); // what failed first is why all that was asked after it failed
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Statements that were sent and whose answers nobody has looked at yet. */
interface SentStatements {
  send(sql: string, values?: unknown[]): void;
  /** Resolves when all of them were carried out. @throws the error of the first that was not */
  answered(): Promise<void>;
}

function sendOn(client: PoolClient): SentStatements {
  let answers: Promise<void>[] = [];
  let failure: { error: unknown } | undefined;
  return {
    send(sql, values) {
      const answer = client.query(sql, values).then(
        () => {},
        (error: unknown) => {
          failure ??= { error };
        },
      );
      answers.push(answer);
    },
    async answered() {
      const asked = answers;
      answers = [];
      await Promise.all(asked);
      if (failure) throw failure.error;
    },
  };
}

function openTransaction(client: PoolClient, sent: SentStatements): Transaction {
  return {
    send: (sql, values) => sent.send(sql, values),
    query: (sql, values) => client.query(sql, values),
    async copyIn(sql, chunks) {
      await sent.answered();
      await withoutPipeline(client, () => pipeline(Readable.from(chunks), client.query(copyFrom(sql))));
    },
  };
}

/** Runs what has the connection for itself: rows that stream in would mingle with what is asked behind them. */
async function withoutPipeline(
  client: { pipeline: boolean }, // pg lets it be set while nothing is on its way; its types do not say so
  work: () => Promise<void>,
): Promise<void> {
  client.pipeline = false;
  try {
    await work();
  } finally {
    client.pipeline = true;
  }
}
