import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Why the migrations of a database could not be brought up to date. */
export type MigrationProblem = 'file-changed' | 'file-missing' | 'unfinished' | 'failed' | 'lock-timeout';

/** A failure to migrate that a person can act on: `hint` says how. */
export class MigrationError extends Error {
  readonly problem: MigrationProblem;
  readonly hint: string;

  constructor(problem: MigrationProblem, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
    this.problem = problem;
    this.hint = hint;
  }
}

export interface ApplyMigrationsOptions {
  /** Of the database to migrate. A transaction pooler in between breaks the lock: connect directly. */
  url: string;
  /** Holds one folder a migration, each with a `migration.sql`, as Prisma lays them out. */
  directory: string;
  /** How long to wait for another process that migrates the same database. */
  lockTimeoutMs?: number;
  /** Told one line each of what a person should know. */
  log?: (line: string) => void;
}

export interface AppliedMigrations {
  /** Names of the migrations applied by this call, in order. */
  applied: string[];
  /** Names of all migrations that the database now has, in order. */
  all: string[];
}

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

interface MigrationRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** The key of Prisma's own migrate commands, so that they and this runner keep out of each other's way. */
const LOCK_KEY = 72_707_369;

/** As Prisma's schema engine creates it. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Brings a database to the newest migration. Each migration and its row in `_prisma_migrations` commit
 * together or not at all; a concurrent caller waits and then finds nothing to do. The rows are those of
 * Prisma (checksum: SHA-256 of the file), so that `prisma migrate status` and `deploy` agree.
 *
 * A migration runs inside a transaction: it cannot hold `CREATE INDEX CONCURRENTLY` or a `COMMIT`.
 *
 * @throws MigrationError when the files and the database's history differ, or a migration fails
 */
export async function applyMigrations(options: ApplyMigrationsOptions): Promise<AppliedMigrations> {
  const { url, directory, lockTimeoutMs = 120_000, log = () => undefined } = options;
  const files = await readMigrations(directory);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'waymark migrations',
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    await takeLock(client, lockTimeoutMs, log);
    const pending = await findPending(client, files);
    for (const file of pending) await applyOne(client, file);
    return { applied: pending.map(({ name }) => name), all: files.map(({ name }) => name) };
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

async function takeLock(client: pg.Client, timeoutMs: number, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    LOCK_KEY,
  ]);
  if (rows[0]?.taken === true) return;
  log('Another process is migrating the database; waiting for it.');
  await client.query("SELECT set_config('lock_timeout', $1, false)", [String(Math.ceil(timeoutMs))]);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error;
    throw new MigrationError(
      'lock-timeout',
      `Another process has been migrating the database for more than ${Math.round(timeoutMs / 1000)} s.`,
      'Wait until it is done and start again. The process is the one in pg_stat_activity that holds the ' +
        `advisory lock ${LOCK_KEY}.`,
      { cause: error },
    );
  }
  await client.query('SET lock_timeout = 0');
}

async function findPending(client: pg.Client, files: MigrationFile[]): Promise<MigrationFile[]> {
  const table = await client.query<{ name: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS name",
  );
  if (table.rows[0]?.name == null) await client.query(CREATE_TABLE);
  const { rows } = await client.query<MigrationRow>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
      WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  const fileByName = new Map(files.map((file) => [file.name, file]));
  for (const row of rows) checkAgainstFile(row, fileByName.get(row.migration_name));
  const done = new Set(rows.map((row) => row.migration_name));
  return files.filter(({ name }) => !done.has(name));
}

function checkAgainstFile(row: MigrationRow, file: MigrationFile | undefined): void {
  const name = row.migration_name;
  if (row.finished_at === null) {
    throw new MigrationError(
      'unfinished',
      `The migration ${name} was begun by another tool and never finished.`,
      `Repair what it left, then run: npx prisma migrate resolve --rolled-back ${name}`,
    );
  }
  if (file === undefined) {
    throw new MigrationError(
      'file-missing',
      `The database has the migration ${name}, which this version of Waymark does not know.`,
      'The database was used by a newer version: start that version, or give this one another database.',
    );
  }
  if (row.checksum === file.checksum) return;
  throw new MigrationError(
    'file-changed',
    `The migration ${name} was changed after the database applied it.`,
    'Restore the file as it was, and write the change as a new migration.',
  );
}

async function applyOne(client: pg.Client, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  try {
    await client.query('BEGIN');
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())',
      [id, file.checksum, file.name],
    );
    const before = await currentTransaction(client);
    await client.query(file.sql);
    if ((await currentTransaction(client)) !== before) throw endedTransaction(file);
    // The file may have changed it, which must not change where the row is looked for.
    await client.query('RESET search_path');
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
      [id],
    );
    await client.query('COMMIT');
  } catch (error) {
    // On a lost connection there is nothing to roll back; the first error is the one to report.
    await client.query('ROLLBACK').catch(() => undefined);
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(
      'failed',
      `The migration ${file.name} failed: ${describe(error, file.sql)}`,
      'Nothing of it was kept. Correct the cause and start again.',
      { cause: error },
    );
  }
}

function endedTransaction(file: MigrationFile): MigrationError {
  return new MigrationError(
    'failed',
    `The migration ${file.name} ends the transaction that it runs in.`,
    'Take COMMIT and ROLLBACK out of the file, and undo by hand what it did before them.',
  );
}

async function currentTransaction(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
  return rows[0]?.id ?? '';
}

function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error.message : String(error);
  const position = Number(error.position);
  const line = Number.isInteger(position) ? `, line ${sql.slice(0, position - 1).split('\n').length}` : '';
  const detail = error.detail === undefined ? '' : ` (${error.detail})`;
  return `${error.message}${detail}${line}`;
}

/** Prisma orders migrations by the name of their folder. */
async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const content = await readFile(join(directory, name, 'migration.sql'));
      return {
        name,
        sql: content.toString('utf8'),
        checksum: createHash('sha256').update(content).digest('hex'),
      };
    }),
  );
}
