import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock, type ProcessLock } from '../../../../scripts/process-lock.mjs';
import { codeOf, StartError } from './start-error.ts';

/** Makes the folder that holds database, repositories, workspaces and logs. */
export async function makeHome(home: string): Promise<void> {
  try {
    // Others may pass: as root, the database inside is run by another user.
    await mkdir(home, { recursive: true, mode: 0o711 });
  } catch (error) {
    // With `recursive` a read-only file system is reported as ENOENT: the plain call tells the reason.
    const plain: unknown = await mkdir(home).catch((failure: unknown) => failure);
    const code = codeOf(plain) ?? codeOf(error);
    throw new StartError(
      `The folder ${home} cannot be made (${code ?? 'unknown reason'}).`,
      'Make the folder above it writable for this user, or set WAYMARK_HOME to a folder that is.',
      { cause: error },
    );
  }
}

/**
 * An embedded database has one owner: the process that holds this lock.
 *
 * @throws StartError that names the process that holds it, and its URL
 */
export function lockHome(home: string, url: string): ProcessLock {
  let result: ReturnType<typeof tryLock<{ url: string }>>;
  try {
    result = tryLock(join(home, 'waymark.lock'), { url });
  } catch (error) {
    const code = codeOf(error);
    const hint =
      code === 'ENOSPC'
        ? 'The disk is full: free some space, or set WAYMARK_HOME to a folder on another disk.'
        : 'Make it writable for this user, or set WAYMARK_HOME to a folder that is.';
    throw new StartError(`The folder ${home} cannot be written (${code ?? 'unknown reason'}).`, hint, {
      cause: error,
    });
  }
  if ('lock' in result) return result.lock;
  const { pid, url: itsUrl } = result.holder;
  throw new StartError(
    `Waymark already runs with ${home}: process ${pid}, ${itsUrl ?? 'no URL'}.`,
    `Open that URL, or stop that process first. For a second Waymark beside it, set WAYMARK_HOME and PORT; for ` +
      'several processes on one database, set DATABASE_URL.',
  );
}
