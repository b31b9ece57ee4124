import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError, systemErrorCode } from './embedded-postgres-error.ts';
import type { PostgresPlacement } from './embedded-postgres-placement.ts';

/** What a client needs besides the address 127.0.0.1. Kept in `connection.json`, mode 0600. */
export interface PostgresConnection {
  readonly password: string;
  /** The port of the last start; the next start takes it again when it is free. */
  readonly port?: number;
}

/** The superuser of the embedded cluster and the owner of its database. */
export const POSTGRES_USER = 'waymark';

const run = promisify(execFile);

/** The environment of PostgreSQL's programs: nothing of ours, and messages in English. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Options of `child_process` that run a program as the database's user, from a folder it can be in. */
export function programOptions({ directory, account }: PostgresPlacement) {
  return { cwd: directory, env: ENVIRONMENT, ...(account ?? {}) };
}

/**
 * Makes the cluster on the first call: initialised in a folder beside its place and renamed, so that a
 * killed start never leaves half a cluster.
 *
 * Whoever may connect: PostgreSQL listens on 127.0.0.1, where every local user can knock, hence a random
 * password (SCRAM) that only the owner of the home can read. A Unix socket with peer trust would need no
 * password, but not every platform has one and long paths break it (107 bytes).
 */
export async function ensureCluster(
  placement: PostgresPlacement,
  signal: AbortSignal,
): Promise<PostgresConnection> {
  const data = join(placement.directory, 'data');
  const clusterVersion = await readText(join(data, 'PG_VERSION'));
  if (clusterVersion !== undefined) {
    checkMajorVersion(clusterVersion.trim(), placement);
    return readConnection(placement.directory);
  }
  await removeUnfinished(placement.directory);
  const connection: PostgresConnection = { password: randomBytes(24).toString('hex') };
  await saveConnection(placement.directory, connection);
  const unfinished = join(placement.directory, `data.new-${process.pid}`);
  const passwordFile = `${unfinished}.password`;
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, connection.password, { mode: 0o600 });
    const { account } = placement;
    if (account !== undefined) {
      await Promise.all([unfinished, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    }
    await runInitdb(placement, { unfinished, passwordFile, signal });
    await rename(unfinished, data);
  } finally {
    await Promise.all([unfinished, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  }
  return connection;
}

/** Replaces `connection.json` in one step. */
export async function saveConnection(directory: string, connection: PostgresConnection): Promise<void> {
  const path = join(directory, 'connection.json');
  const unfinished = `${path}.new-${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  await giveToOwnerOf(directory, unfinished);
  await rename(unfinished, path);
}

/** What root makes in another user's home must stay usable for that user. */
export async function giveToOwnerOf(directory: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(directory);
  await chown(path, uid, gid);
}

async function runInitdb(
  placement: PostgresPlacement,
  { unfinished, passwordFile, signal }: { unfinished: string; passwordFile: string; signal: AbortSignal },
): Promise<void> {
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${POSTGRES_USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = [...text, ...access, '--no-instructions', unfinished];
  signal.throwIfAborted();
  const ending = run(placement.binaries.initdb, args, programOptions(placement));
  // Not by the option `signal`, which would not wait until initdb has removed what it made.
  const stop = () => ending.child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  try {
    await ending;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readConnection(directory: string): Promise<PostgresConnection> {
  const path = join(directory, 'connection.json');
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isConnection(value)) return value;
    throw new Error('it holds no password');
  } catch (error) {
    throw new EmbeddedPostgresError(
      'password-unknown',
      `The password of the database cannot be read from ${path}.`,
      'Start Waymark as the user who started it first, restore the file, or move the folder ' +
        `${directory} away to start with an empty database.`,
      { cause: error },
    );
  }
}

function isConnection(value: unknown): value is PostgresConnection {
  if (typeof value !== 'object' || value === null) return false;
  if (!('password' in value) || typeof value.password !== 'string') return false;
  return !('port' in value) || Number.isInteger(value.port);
}

function checkMajorVersion(clusterVersion: string, { binaries, directory }: PostgresPlacement): void {
  const programVersion = binaries.version.split('.')[0];
  if (clusterVersion === programVersion) return;
  throw new EmbeddedPostgresError(
    'other-major-version',
    `The database in ${directory} was made by PostgreSQL ${clusterVersion}; this Waymark comes with ${binaries.version}.`,
    `Start the Waymark version that made it, or dump it with pg_dump of PostgreSQL ${clusterVersion} and load ` +
      'the dump after moving the folder away. Definitions live in Git: moving it away loses history alone.',
  );
}

/** Removes what killed starts left, but nothing of a start that runs now. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = Number(/\.new-(\d+)/.exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(directory, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
