import { Pool } from 'pg';

/** A pool gives up soon: a request that waits for a connection holds the next one up. */
export function openDatabase(connectionString: string): Pool {
  return new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 10_000,
  });
}
