import { PrismaPg } from '@prisma/adapter-pg';
import pLimit from 'p-limit';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { Notifications, type NotificationHandlers, type NotificationListener } from './notifications.ts';
import { PreparingClient } from './preparing-client.ts';

/** One pool of connections and the typed client on top of it. */
export interface Database {
  readonly url: string;
  /** For hot paths and transactions by set. `bigint` columns come back as strings. */
  readonly pool: pg.Pool;
  /** For ordinary reads and single-statement writes. */
  readonly prisma: PrismaClient;
  /**
   * Runs work that holds a connection for as long as it takes, when it is its turn: some connections are always left
   * for what takes milliseconds.
   */
  readonly inLongTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Listens to a NOTIFY channel until the listener is closed, on a connection for all that listens. */
  listen(channel: string, handlers: NotificationHandlers): NotificationListener;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  maxConnections: number;
  /** Told of errors on idle connections, which the pool replaces by itself. */
  onIdleError: (error: Error) => void;
}

/** Also until one of the connections is free. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Connections that long work leaves to everything else. */
const SHORT_CONNECTIONS = 2;

/** Opens the pool lazily: the first query connects. */
export function openDatabase({
  url,
  applicationName,
  maxConnections,
  onIdleError,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    // A statement is sent before the one ahead of it is answered, where its sender does not wait.
    pipeline: true,
  });
  // Without a listener an error on an idle connection would end the process.
  pool.on('error', onIdleError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const notifications = new Notifications({ url, applicationName: `${applicationName}-listen` });
  return {
    url,
    pool,
    prisma,
    inLongTurn: pLimit(Math.max(1, maxConnections - SHORT_CONNECTIONS)),
    listen: (channel, handlers) => notifications.listen(channel, handlers),
    async close() {
      await notifications.close();
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
