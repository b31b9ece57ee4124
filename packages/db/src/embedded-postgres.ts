import { resolve } from 'node:path';
import pg from 'pg';
import { ensureCluster, POSTGRES_USER, saveConnection } from './embedded-postgres-cluster.ts';
import { explainFailure, EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { placePostgres, type PostgresPlacement } from './embedded-postgres-placement.ts';
import { findRunningServer, startServer, stopServer } from './embedded-postgres-process.ts';

export interface EmbeddedPostgresOptions {
  /** The Waymark home: the database goes to `database/` in it, or where a message says. */
  home: string;
  /** Told one line each of what a person should know. */
  log?: (line: string) => void;
  /** Ends a start that is under way; what was begun is stopped and removed. */
  signal?: AbortSignal;
  /** Trades the safety of the data for speed: for tests, whose data nobody misses. */
  isDisposable?: boolean;
  /** Takes programs and data that the database's own user cannot reach. For tests of that case. */
  sharedDirectory?: string;
}

/** A PostgreSQL server with a database `waymark` in it. */
export interface EmbeddedPostgres {
  /** With the password: never log it. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Where its files are: `data/`, `postgres.log`. */
  readonly directory: string;
  /** It was still running, left over from a killed process, and was taken over. */
  readonly wasAdopted: boolean;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

const DATABASE = 'waymark';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
};

const DISPOSABLE_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts PostgreSQL from the programs that npm installed: makes the cluster on the first call, takes over a
 * server that a killed process left running, and recovers from what one left behind.
 *
 * The caller makes sure that no two processes call this for one home at the same time.
 *
 * @throws EmbeddedPostgresError with a hint, or the signal's reason
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { home, log = () => undefined, signal = new AbortController().signal } = options;
  try {
    const placement = await placePostgres({
      home,
      log,
      stopServer: stopLeftover,
      ...(options.sharedDirectory === undefined ? {} : { sharedDirectory: options.sharedDirectory }),
    });
    signal.throwIfAborted();
    return await startIn(placement, signal, options.isDisposable === true);
  } catch (error) {
    signal.throwIfAborted();
    throw explainFailure(error, resolve(home), outputOf(error));
  }
}

async function startIn(
  placement: PostgresPlacement,
  signal: AbortSignal,
  isDisposable: boolean,
): Promise<EmbeddedPostgres> {
  const connection = await ensureCluster(placement, signal);
  const settings = isDisposable ? { ...SETTINGS, ...DISPOSABLE_SETTINGS } : SETTINGS;
  const running = await findRunningServer(placement, signal);
  const server =
    running ?? (await startServer(placement, settings, { preferredPort: connection.port, signal }));
  const stop = () => stopServer(placement, server.pid);
  const urlOf = (database: string) =>
    `postgresql://${POSTGRES_USER}:${connection.password}@127.0.0.1:${server.port}/${database}`;
  try {
    if (server.port !== connection.port) {
      await saveConnection(placement.directory, { ...connection, port: server.port });
    }
    await ensureDatabase(urlOf('postgres'));
    signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urlOf(DATABASE),
    pid: server.pid,
    port: server.port,
    directory: placement.directory,
    wasAdopted: running !== undefined,
    stop,
  };
}

async function stopLeftover(placement: PostgresPlacement): Promise<void> {
  const server = await findRunningServer(placement, new AbortController().signal);
  if (server !== undefined) await stopServer(placement, server.pid);
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query('CREATE DATABASE waymark');
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') throw error;
    throw new EmbeddedPostgresError(
      'password-unknown',
      'The embedded PostgreSQL refuses the password in connection.json.',
      'Restore the connection.json that belongs to this database, or move the database folder away.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

/** What the failed program printed, which `execFile` hangs on its error. */
function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const stdout = 'stdout' in error ? String(error.stdout) : '';
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  return `${stdout}\n${stderr}`;
}
