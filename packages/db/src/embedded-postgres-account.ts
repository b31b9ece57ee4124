import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The user that PostgreSQL runs as when Waymark runs as root, which PostgreSQL refuses to do. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);
const ACCOUNT_NAME = 'postgres';

/**
 * Who runs PostgreSQL: ourselves (`undefined`), or, as root, the owner of an existing data directory, else
 * the system user `postgres`, which is created when missing.
 */
export async function resolvePostgresAccount(
  existingDataDirectory: string | undefined,
): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existingDataDirectory !== undefined) {
    const { uid, gid } = await stat(existingDataDirectory);
    if (uid !== 0) return { uid, gid };
  }
  return (await findAccount()) ?? (await createAccount());
}

/**
 * Whether a user may pass through every folder above `path` and `path` itself. Reads mode bits alone: a
 * right granted by an access control list is not seen.
 */
export async function canReach(account: PostgresAccount, path: string): Promise<boolean> {
  let folder = await nearestExisting(path);
  for (;;) {
    const { uid, gid, mode } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path) throw error;
    return nearestExisting(parent);
  }
}

async function findAccount(): Promise<PostgresAccount | undefined> {
  try {
    const [user, group] = await Promise.all([
      run('id', ['-u', ACCOUNT_NAME]),
      run('id', ['-g', ACCOUNT_NAME]),
    ]);
    return { uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(): Promise<PostgresAccount> {
  let reason: unknown;
  try {
    const nobodyLogsIn = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
    await run('useradd', ['--system', '--user-group', ...nobodyLogsIn, ACCOUNT_NAME]);
  } catch (error) {
    reason = error;
  }
  // Asked again even after a failure: another start may have created it at the same moment.
  const account = await findAccount();
  if (account !== undefined) return account;
  throw new EmbeddedPostgresError(
    'account-unavailable',
    'PostgreSQL does not run as root, and the system user "postgres" could not be created.',
    'Start Waymark as an ordinary user, create the system user "postgres", or set DATABASE_URL to a ' +
      'PostgreSQL server (15 or newer) of your own.',
    { cause: reason },
  );
}
