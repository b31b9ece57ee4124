import { execFile, spawn } from 'node:child_process';
import { open, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { giveToOwnerOf, programOptions } from './embedded-postgres-cluster.ts';
import { EmbeddedPostgresError, explainFailure, systemErrorCode } from './embedded-postgres-error.ts';
import type { PostgresPlacement } from './embedded-postgres-placement.ts';

/** A running PostgreSQL server of our data directory. */
export interface PostgresProcess {
  readonly pid: number;
  readonly port: number;
}

/** What `postmaster.pid` says. */
interface PostmasterFile extends PostgresProcess {
  readonly status: string;
}

const run = promisify(execFile);
const POLL_MS = 20;
/** Crash recovery after a kill replays the log first; half a gigabyte of it takes seconds. */
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_S = 30;
const EXIT_LIMIT_MS = 10_000;
const LOG_LIMIT_BYTES = 10_000_000;
/** Backends of a killed server hold the shared memory for a moment longer. */
const LEFTOVER_BACKENDS_LIMIT_MS = 15_000;

/**
 * The server that already runs on this data directory, once it accepts connections. A `postmaster.pid`
 * left by a killed server, even one whose process id now belongs to somebody else, is made harmless.
 */
export async function findRunningServer(
  placement: PostgresPlacement,
  signal: AbortSignal,
): Promise<PostgresProcess | undefined> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const file = await readPostmasterFile(placement.directory);
    if (file === undefined) return undefined;
    if (!(await isServerOf(placement.directory, file.pid))) {
      await disownPostmasterFile(placement.directory);
      return undefined;
    }
    if (file.status === 'ready') return { pid: file.pid, port: file.port };
    // Starting, recovering or stopping: each of them ends by itself.
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError(
    'start-failed',
    `The PostgreSQL that runs in ${placement.directory} did not become ready.`,
    `Look at ${join(placement.directory, 'postgres.log')}.`,
  );
}

/** Starts a server and waits until it accepts connections. It outlives this process until it is stopped. */
export async function startServer(
  placement: PostgresPlacement,
  settings: Readonly<Record<string, string>>,
  { preferredPort, signal }: { preferredPort: number | undefined; signal: AbortSignal },
): Promise<PostgresProcess> {
  const giveUpAt = Date.now() + LEFTOVER_BACKENDS_LIMIT_MS;
  for (;;) {
    const port = await choosePort(preferredPort);
    const attempt = await tryStart(placement, { ...settings, port: String(port) }, signal);
    if (attempt.running) return { pid: attempt.pid, port };
    const isPassing = /Address already in use|pre-existing shared memory block|lock file .* already exists/i;
    if (!isPassing.test(attempt.output) || Date.now() > giveUpAt) {
      throw explainFailure(new Error('PostgreSQL ended at once'), placement.directory, attempt.output);
    }
    await delay(250, undefined, { signal });
  }
}

/** Fast shutdown: sessions are ended, data is written, nothing needs recovery. Waits for the end. */
export async function stopServer(placement: PostgresPlacement, pid: number): Promise<void> {
  const stop = (mode: string) =>
    run(
      placement.binaries.pgCtl,
      ['stop', '-D', join(placement.directory, 'data'), '-m', mode, '-w', '-t', String(STOP_LIMIT_S)],
      programOptions(placement),
    );
  for (const mode of ['fast', 'immediate']) {
    if (!(await isServerOf(placement.directory, pid))) return;
    // pg_ctl also fails when the server ended in between; the look at the process decides. It waits for
    // the end of postmaster.pid, which comes a moment before that of the process.
    await stop(mode).catch(() => undefined);
    if (await hasEnded(placement.directory, pid)) return;
  }
  throw new EmbeddedPostgresError(
    'not-stopped',
    `PostgreSQL (process ${pid}) did not stop.`,
    `End the process ${pid} by hand; its data is safe.`,
  );
}

async function hasEnded(directory: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + EXIT_LIMIT_MS;
  while (await isServerOf(directory, pid)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

type StartAttempt = { running: true; pid: number } | { running: false; output: string };

async function tryStart(
  placement: PostgresPlacement,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<StartAttempt> {
  const logPath = join(placement.directory, 'postgres.log');
  if ((await sizeOf(logPath)) > LOG_LIMIT_BYTES) await rename(logPath, `${logPath}.old`);
  const logStart = await sizeOf(logPath);
  const log = await open(logPath, 'a', 0o600);
  await giveToOwnerOf(placement.directory, logPath);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Not by `pg_ctl start`, which hands the data directory to a shell. Detached: Ctrl+C in the terminal must
  // not end the database before the server that writes to it.
  const server = spawn(placement.binaries.postgres, ['-D', join(placement.directory, 'data'), ...options], {
    ...programOptions(placement),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<'ended'>((resolve) => {
    server.once('error', () => resolve('ended'));
    server.once('exit', () => resolve('ended'));
  });
  try {
    const outcome = await Promise.race([ended, waitUntilReady(placement.directory, server.pid, signal)]);
    if (outcome === 'ready' && server.pid !== undefined) return { running: true, pid: server.pid };
    if (outcome !== 'ended') {
      server.kill('SIGINT');
      await ended;
      signal.throwIfAborted();
    }
    return { running: false, output: (await readFile(logPath)).subarray(logStart).toString('utf8') };
  } finally {
    server.unref();
    await log.close();
  }
}

async function waitUntilReady(directory: string, pid: number | undefined, signal: AbortSignal) {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    if (signal.aborted) return 'aborted';
    const file = await readPostmasterFile(directory);
    if (file !== undefined && file.pid === pid && file.status === 'ready') return 'ready';
    await delay(POLL_MS);
  }
  return 'too-late';
}

async function readPostmasterFile(directory: string): Promise<PostmasterFile | undefined> {
  const path = join(directory, 'data', 'postmaster.pid');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  // Lines: process id, data directory, start time, port, socket folder, address, shared memory, status.
  const lines = text.split('\n').map((line) => line.trim());
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? '' };
}

/** Whether the process runs and is the PostgreSQL server of our data directory. */
async function isServerOf(directory: string, pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemErrorCode(error) === 'ESRCH') return false;
  }
  const data = await realpath(join(directory, 'data'));
  // A server works in its data directory. A zombie and a stranger who got the same process id do not.
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === data;
  if (process.platform === 'win32') return true;
  const { stdout } = await run('ps', ['-p', String(pid), '-o', 'args=']).catch(() => ({ stdout: '' }));
  return stdout.includes(data) || stdout.includes(join(directory, 'data'));
}

/**
 * PostgreSQL refuses to start while the process in `postmaster.pid` is alive, whoever it is, but accepts a
 * file that names its parent. So ours goes in; the rest of the file stays, because PostgreSQL looks there
 * for shared memory that backends of the old server may still use.
 */
async function disownPostmasterFile(directory: string): Promise<void> {
  const path = join(directory, 'data', 'postmaster.pid');
  const lines = (await readFile(path, 'utf8')).split('\n');
  if (lines.length < 7) {
    // Cut off by a full disk or a crash while it was written: PostgreSQL would refuse it for ever.
    await rm(path);
    return;
  }
  await writeFile(path, [String(process.pid), ...lines.slice(1)].join('\n'));
}

async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await listenOnce(preferred)) !== undefined) return preferred;
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('No free port on 127.0.0.1.');
  return port;
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = server.address() as AddressInfo; // an address with a port, as asked for
      server.close(() => resolve(bound));
    });
  });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
