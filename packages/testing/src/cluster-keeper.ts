/**
 * A process of its own that holds the database server of one test run, and takes it away again when the
 * test run ends, however it ends: the channel to the test runner closes even when that is killed.
 *
 * With `DATABASE_URL` it uses that server and removes the databases it made there.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations, startEmbeddedPostgres } from '@waymark/db';
import pg from 'pg';
import type { TestCluster } from './test-cluster.ts';

interface Server {
  adminUrl: string;
  remove(): Promise<void>;
}

const MIGRATIONS = join(import.meta.dirname, '../../../prisma/migrations');

const release = Promise.withResolvers<undefined>();
const aborter = new AbortController();
function end(): void {
  aborter.abort(new Error('The test run ended.'));
  release.resolve(undefined);
}
process.once('disconnect', end);
process.once('SIGTERM', end);
process.on('SIGINT', end);

const prefix = `waymark_test_${randomBytes(6).toString('hex')}`;
const server = await startServer(process.env['DATABASE_URL'] || undefined);
try {
  const templateName = `${prefix}_template`;
  // eslint-disable-next-line waymark/no-unsafe-sql -- a name has no parameter, and this one is made above
  await withClient(server.adminUrl, (client) => client.query(`CREATE DATABASE ${templateName}`));
  await applyMigrations({ url: inDatabase(server.adminUrl, templateName), directory: MIGRATIONS });
  process.send?.({ adminUrl: server.adminUrl, prefix, templateName } satisfies TestCluster);
  await release.promise;
} finally {
  await server.remove();
  if (process.connected) process.disconnect();
}

async function startServer(givenUrl: string | undefined): Promise<Server> {
  if (givenUrl !== undefined) return { adminUrl: givenUrl, remove: () => dropDatabases(givenUrl) };
  const home = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  const removeHome = () => rm(home, { recursive: true, force: true });
  try {
    // As root the server is another user, who has to pass this folder.
    await chmod(home, 0o711);
    const postgres = await startEmbeddedPostgres({ home, isDisposable: true, signal: aborter.signal });
    const remove = async () => {
      await postgres.stop();
      await rm(postgres.directory, { recursive: true, force: true });
      await removeHome();
    };
    return { adminUrl: postgres.url, remove };
  } catch (error) {
    await removeHome();
    throw error;
  }
}

async function dropDatabases(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) {
      // eslint-disable-next-line waymark/no-unsafe-sql -- a name has no parameter, and this one begins with our prefix
      await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    }
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
