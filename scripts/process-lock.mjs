import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Locks that survive a `kill -9` of their owner: a lock file names its owner by process id and by the
 * moment that process began, so a process id that was given to somebody else does not keep it.
 */

const WAIT_STEP_MS = 200;

/**
 * @template {Record<string, unknown>} Info
 * @param {string} path of the lock file; its folder exists
 * @param {Info} info what others may want to know of the owner
 * @returns {{ lock: { release(): void } } | { holder: { pid: number } & Partial<Info> }}
 */
export function tryLock(path, info) {
  const content = JSON.stringify({ ...info, pid: process.pid, began: beginningOf(process.pid) });
  for (;;) {
    if (createWith(path, content)) return { lock: { release: () => release(path, content) } };
    const found = readIfThere(path);
    if (found === undefined) continue;
    const holder = parse(found);
    if (holder !== undefined && isAlive(holder)) return { holder };
    removeStale(path, found);
  }
}

/**
 * Waits until nobody else holds the lock.
 *
 * @param {string} path
 * @param {{ onWait?: (holder: { pid: number }) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<{ release(): void }>}
 */
export async function waitForLock(path, { onWait, signal } = {}) {
  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted();
    const result = tryLock(path, {});
    if ('lock' in result) return result.lock;
    if (isFirst) onWait?.(result.holder);
    await delay(WAIT_STEP_MS, undefined, { signal });
  }
}

/** The file appears with its content or not at all, and only if there is none. */
function createWith(path, content) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, content, { mode: 0o644 });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes a dead owner's lock away. Between reading and renaming another process may have done the same and
 * locked: then what was taken is that living lock, and it goes back.
 */
function removeStale(path, stale) {
  const taken = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, taken);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  try {
    if (readFileSync(taken, 'utf8') !== stale) linkSync(taken, path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(taken, { force: true });
  }
}

function release(path, content) {
  if (readIfThere(path) === content) rmSync(path, { force: true });
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content) {
  try {
    const holder = JSON.parse(content);
    return Number.isInteger(holder?.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return beginningOf(pid) === began;
}

/**
 * When a process began, as text that no other process with the same id has: on Linux the clock tick since
 * boot with the id of that boot, elsewhere what `ps` says. Empty where neither exists: then the process id
 * alone decides. A zombie counts as ended.
 */
function beginningOf(pid) {
  if (process.platform === 'linux') {
    const stat = readIfThere(`/proc/${pid}/stat`);
    // The name of the program, in parentheses, may hold anything; the fields after it do not.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields === undefined || fields[0] === 'Z') return 'ended';
    return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()} ${fields[19]}`;
  }
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], {
      encoding: 'utf8',
      env: { LC_ALL: 'C' },
    }).trim();
  } catch {
    return 'ended';
  }
}
