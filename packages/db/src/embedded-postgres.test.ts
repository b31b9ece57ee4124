import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explainFailure } from './embedded-postgres-error.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
let home: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-postgres-'));
  // As root the server is another user, who has to pass this folder.
  await chmod(home, 0o711);
  started = [];
});

afterEach(async () => {
  for (const postgres of started) await postgres.stop();
  await rm(home, { recursive: true, force: true });
});

type StartOptions = Partial<Parameters<typeof startEmbeddedPostgres>[0]>;

async function start(options: StartOptions = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ home, isDisposable: true, ...options });
  started.push(postgres);
  return postgres;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('startEmbeddedPostgres', () => {
  test('gives a UTF-8 database with the same order of text everywhere, and stops without a trace', async () => {
    const postgres = await start();
    const [row] = await query(
      postgres.url,
      `SELECT current_database() AS name, datlocprovider AS provider, datlocale AS locale, lower('ÄÖ') AS lower,
              current_setting('server_encoding') AS encoding FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({ name: 'waymark', provider: 'b', locale: 'C.UTF-8', lower: 'äö', encoding: 'UTF8' });

    await postgres.stop();
    expect(isRunning(postgres.pid)).toBe(false);
    await expect(query(postgres.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  test('asks every local client for the password, which only the owner of the home can read', async () => {
    const postgres = await start();
    const guess = postgres.url.replace(/:[0-9a-f]+@/, ':guess@');
    await expect(query(guess, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const { mode } = await stat(join(postgres.directory, 'connection.json'));
    expect(mode & 0o077).toBe(0);
  });

  test('finds its data and its port again', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('takes another port when somebody else has its own', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      squatter.close();
    }
  });

  test('takes over a server that is still running, and stops it', async () => {
    const leftover = await start();
    const adopted = await start();
    expect(adopted).toMatchObject({ pid: leftover.pid, port: leftover.port, wasAdopted: true });
    await adopted.stop();
    expect(isRunning(leftover.pid)).toBe(false);
  });

  test('recovers committed rows after the server was killed', async () => {
    const first = await start({ isDisposable: false });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.wasAdopted).toBe(false);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  describe('with a postmaster.pid that names a living process of somebody else', () => {
    let stranger: ChildProcess;
    beforeEach(() => {
      stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    });
    afterEach(() => {
      stranger.kill('SIGKILL');
    });

    test('starts, and leaves the stranger alone', async () => {
      const first = await start();
      const pidFile = join(first.directory, 'data', 'postmaster.pid');
      const content = await readFile(pidFile, 'utf8');
      await first.stop();
      await writeFile(pidFile, content.replace(/^\d+/, String(stranger.pid)));
      const { uid, gid } = await stat(join(first.directory, 'data'));
      await chown(pidFile, uid, gid);
      const second = await start();
      expect(second.wasAdopted).toBe(false);
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await second.stop();
      expect(stranger.exitCode).toBeNull();
    });
  });

  test('ends a start that is under way and leaves neither process nor half a cluster', async () => {
    const aborter = new AbortController();
    const starting = start({ signal: aborter.signal });
    const directory = join(home, 'database');
    await expect
      .poll(async () => (await readdir(directory)).some((name) => /new-\d+$/.test(name)))
      .toBe(true);
    aborter.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
    expect((await readdir(directory)).filter((name) => name !== 'connection.json')).toEqual([]);
    // The interrupted start does no harm to the next one.
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('says what to do when another major version made the data', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(first.directory, 'data', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({
      problem: 'other-major-version',
      message: expect.stringContaining('made by PostgreSQL 15'),
      hint: expect.stringContaining('pg_dump'),
    });
  });

  test('says what to do when the folder cannot be written', async () => {
    await writeFile(join(home, 'database'), 'a file where the folder should be');
    await expect(start()).rejects.toMatchObject({ name: 'EmbeddedPostgresError' });
  });

  test.runIf(isRoot)('as root, puts programs and data where the database user can reach them', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'waymark-shared-'));
    await chmod(shared, 0o755);
    await chmod(home, 0o700);
    try {
      const first = await start({ sharedDirectory: shared });
      expect(first.directory.startsWith(shared)).toBe(true);
      expect((await readFile(join(home, 'database', 'location'), 'utf8')).trim()).toBe(first.directory);
      await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      const second = await start({ sharedDirectory: shared });
      expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await second.stop();

      await rm(join(home, 'database'), { recursive: true });
      const afterDeletedHome = await start({ sharedDirectory: shared });
      await expect(query(afterDeletedHome.url, 'SELECT answer FROM kept')).rejects.toThrow('does not exist');
      await afterDeletedHome.stop();
      expect((await readdir(shared)).some((name) => name.endsWith('.previous'))).toBe(true);
    } finally {
      for (const postgres of started) await postgres.stop();
      await rm(shared, { recursive: true, force: true });
    }
  });
});

describe('explainFailure', () => {
  test.each([
    ['disk-full', new Error('x'), 'initdb: error: could not write file: No space left on device'],
    [
      'disk-full',
      new Error('x'),
      'FATAL:  could not extend file: wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
    ],
    ['disk-full', Object.assign(new Error('ENOSPC: no space left on device, mkdir'), { code: 'ENOSPC' }), ''],
    ['directory-not-writable', new Error("EROFS: read-only file system, mkdir '/data'"), ''],
    [
      'directory-not-writable',
      new Error('x'),
      'FATAL:  could not open file "postmaster.pid": Permission denied',
    ],
    ['start-failed', new Error('x'), 'FATAL:  could not map anonymous shared memory: Cannot allocate memory'],
  ])('recognises %s and always has a hint', (problem, error, output) => {
    const explained = explainFailure(error, '/data', output);
    expect(explained.problem).toBe(problem);
    expect(explained.hint).toContain('DATABASE_URL');
    expect(explained.message).toContain('/data');
  });
});
