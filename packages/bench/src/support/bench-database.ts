import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { openDatabase, startEmbeddedPostgres, type Database } from '@waymark/db';

/** An empty database that is there for one catalog. */
export interface BenchDatabase {
  /** With the password: never print it. */
  url: string;
  /** Of the PostgreSQL server, for example `18.4`. */
  postgresVersion: string;
}

export interface BenchDatabaseOptions {
  /** Folder for a cluster of its own. */
  home: string;
  /** A server to use instead of an own cluster. */
  serverUrl: string | undefined;
  signal: AbortSignal;
  /** Receives what takes everything away again. */
  resources: AsyncDisposableStack;
}

/**
 * Makes an empty database: in a fresh cluster of the embedded PostgreSQL, set up as `npm start` does it (with
 * fsync), or on a given server, where it goes again at the end.
 */
export async function makeDatabase(options: BenchDatabaseOptions): Promise<BenchDatabase> {
  const { serverUrl } = options;
  const url =
    serverUrl === undefined ? await startCluster(options) : await createDatabase(serverUrl, options);
  const postgresVersion = await inDatabase(url, async ({ pool }) => {
    const { rows } = await pool.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  });
  return { url, postgresVersion };
}

async function startCluster({ home, signal, resources }: BenchDatabaseOptions): Promise<string> {
  const postgres = await startEmbeddedPostgres({ home, signal });
  resources.defer(async () => {
    await postgres.stop();
    // Not always below the home, which is removed as a whole.
    await rm(postgres.directory, { recursive: true, force: true });
  });
  return postgres.url;
}

async function createDatabase(serverUrl: string, { resources }: BenchDatabaseOptions): Promise<string> {
  const name = `waymark_bench_${randomBytes(6).toString('hex')}`;
  const create = `CREATE DATABASE ${name}`;
  const drop = `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
  resources.defer(async () => {
    await inDatabase(serverUrl, ({ pool }) => pool.query(drop));
  });
  await inDatabase(serverUrl, ({ pool }) => pool.query(create));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function inDatabase<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase({
    url,
    applicationName: 'waymark-bench',
    maxConnections: 1,
    onIdleError: () => undefined,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
