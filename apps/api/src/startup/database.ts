import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { applyMigrations, openDatabase, startEmbeddedPostgres, type Database } from '@waymark/db';
import type { Logger } from 'pino';
import { runStage } from '../../../../scripts/stages.mjs';
import type { Config } from '../platform/config.ts';
import { codeOf, StartError } from './start-error.ts';

/**
 * Each is a process of PostgreSQL with its own caches and prepared statements: more than the cores can run only share the
 * time, and each of them has to get warm. All but two may be held by readings of sources for as long as they take.
 */
const MAX_CONNECTIONS = Math.min(6, 2 + Math.max(2, availableParallelism()));

export interface DatabaseStage {
  config: Config;
  root: string;
  log: Logger;
  signal: AbortSignal;
  /** Receives what has to be closed, in the order of opening. */
  resources: AsyncDisposableStack;
}

/** Brings up the database: the embedded one or that of DATABASE_URL, migrated to the newest schema. */
export async function bringUpDatabase(stage: DatabaseStage): Promise<Database> {
  const url = stage.config.database.url ?? (await startEmbedded(stage));
  await runStage('Migrations', async (announce) => {
    const { applied, all } = await migrate(url, { ...stage, announce });
    return applied.length === 0 ? `up to date (${all.length})` : `${applied.length} applied`;
  });
  stage.signal.throwIfAborted();
  const database = openDatabase({
    url,
    applicationName: `waymark-${stage.config.role}`,
    maxConnections: MAX_CONNECTIONS,
    onIdleError: ({ message }) => {
      // While everything stops, the database may hang up before the pool does.
      if (!stage.signal.aborted) stage.log.warn({ reason: message }, 'database: an idle connection was lost');
    },
  });
  stage.resources.defer(() => database.close());
  return database;
}

async function startEmbedded({ config, signal, resources }: DatabaseStage): Promise<string> {
  let url = '';
  await runStage('Database', async (announce) => {
    const postgres = await startEmbeddedPostgres({ home: config.home, signal, log: announce });
    // The starting script ends PostgreSQL if this process is killed.
    process.send?.({ owns: postgres.pid });
    resources.defer(async () => {
      await postgres.stop();
      if (process.connected) process.send?.({ disowns: postgres.pid });
    });
    url = postgres.url;
    const how = postgres.wasAdopted ? 'was still running, taken over' : 'started';
    return `PostgreSQL ${how}, 127.0.0.1:${postgres.port}`;
  });
  return url;
}

async function migrate(
  url: string,
  { root, config, announce }: DatabaseStage & { announce: (text: string) => void },
) {
  try {
    return await applyMigrations({ url, directory: join(root, 'prisma/migrations'), log: announce });
  } catch (error) {
    if (config.database.url === undefined) throw error;
    throw explainConnection(error, config.database.url) ?? error;
  }
}

/** Says in words why a given server cannot be used; undefined for anything that is no connection problem. */
function explainConnection(error: unknown, url: string): StartError | undefined {
  const code = codeOf(error) ?? '';
  const message = error instanceof Error ? error.message : '';
  const { hostname, port, pathname } = new URL(url);
  const server = `${hostname}:${port || '5432'}`;
  const why = new Map([
    ['ECONNREFUSED', `Nothing answers at ${server}.`],
    ['ENOTFOUND', `The host ${hostname} is not known.`],
    ['ETIMEDOUT', `${server} does not answer.`],
    ['28P01', `PostgreSQL at ${server} refuses the user name or password.`],
    ['28000', `PostgreSQL at ${server} does not let this user in.`],
    ['3D000', `PostgreSQL at ${server} has no database ${pathname.slice(1)}.`],
    ['42501', `The user of DATABASE_URL may not create tables in ${pathname.slice(1)}.`],
  ]).get(code);
  if (why === undefined && !/timeout|terminated/i.test(message)) return undefined;
  const hint = 'Correct DATABASE_URL (database.url), or leave it out to use the embedded PostgreSQL.';
  return new StartError(why ?? `The connection to ${server} failed: ${message}`, hint, { cause: error });
}
