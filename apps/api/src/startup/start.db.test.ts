import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** The whole server process, started as `npm start` starts it. */

const MAIN = join(import.meta.dirname, '../main.ts');
const COMPILE_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/node');

let home: string;
let port: number;
let servers: ChildProcess[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-start-'));
  await chmod(home, 0o711);
  port = await freePort();
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await stop(server);
  await rm(home, { recursive: true, force: true });
});

interface Started {
  server: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

function start(env: Record<string, string> = {}): Started {
  const ours = /^(DATABASE_URL|NODE_ENV|HOST|WAYMARK_.*)$/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  const settings = { PORT: String(port), WAYMARK_HOME: home, WAYMARK_DEMO: 'false', LOG_LEVEL: 'error' };
  const server = fork(MAIN, ['--without-portal'], {
    execArgv: [],
    // Compiled code is shared by all starts, as under `npm start`.
    env: { ...inherited, ...settings, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  servers.push(server);
  let text = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
  }
  const exit = once(server, 'exit').then(([code]) => code as number | null); // as documented for this event
  return { server, output: () => text, exit };
}

async function startUntilReady(env?: Record<string, string>): Promise<Started> {
  const started = start(env);
  await expect.poll(started.output, { timeout: 25_000 }).toContain('Ready after');
  return started;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await exit;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as AddressInfo; // an address with a port, as asked for
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

/** The process id in PostgreSQL's own file; undefined once it is gone. */
async function postgresPid(): Promise<number | undefined> {
  const text = await readFile(join(home, 'database/data/postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n')[0]);
}

const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

describe('the server process', () => {
  test('says each stage with its time, serves, and stops with everything it started', async () => {
    const { server, output, exit } = await startUntilReady();
    for (const stage of ['Schema', 'Database', 'Migrations', 'Server']) {
      expect(output()).toMatch(new RegExp(`^ {2}${stage} .* \\d+\\.\\d s$`, 'm'));
    }
    expect(output()).toContain(`http://127.0.0.1:${port}`);
    expect(await statusOf('/livez')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    expect(await postgresPid()).toBeGreaterThan(0);

    server.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(await postgresPid()).toBeUndefined();
    await expect(readFile(join(home, 'waymark.lock'))).rejects.toThrow('ENOENT');
  });

  test('refuses a second start in the same home, names the first, and leaves it alone', async () => {
    const first = await startUntilReady();
    const second = start({ PORT: String(await freePort()) });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`process ${first.server.pid}, http://127.0.0.1:${port}`);
    expect(await statusOf('/readyz')).toBe(200);
  });

  test('stops when the script that started it is gone', async () => {
    const { server, exit } = await startUntilReady();
    server.disconnect();
    expect(await exit).toBe(0);
    expect(await postgresPid()).toBeUndefined();
  });

  test('takes over what a killed server left, and stops that too', async () => {
    const first = await startUntilReady();
    const leftover = await postgresPid();
    first.server.kill('SIGKILL');
    await first.exit;
    const second = await startUntilReady();
    expect(second.output()).toContain('taken over');
    expect(await postgresPid()).toBe(leftover);
    second.server.kill('SIGINT');
    expect(await second.exit).toBe(0);
    expect(await postgresPid()).toBeUndefined();
  });

  test('stops in the middle of a start', async () => {
    const { server, output, exit } = start();
    await expect.poll(output, { timeout: 25_000 }).toContain('Schema');
    server.send('stop');
    expect(await exit).toBe(0);
    expect(output()).toContain('Stopped.');
    expect(await postgresPid()).toBeUndefined();
  });

  test('says who has the port before anything slow happens', async () => {
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const { output, exit } = start();
      expect(await exit).toBe(1);
      expect(output()).toContain(`Port ${port} on 127.0.0.1 is taken`);
      expect(output()).toContain(`PORT=${port + 1}`);
      expect(output()).not.toContain('Database');
    } finally {
      squatter.close();
    }
  });

  test.each([
    [{ WAYMARK_ROLE: 'everything' }, /WAYMARK_ROLE \(role\): expected one of all, api, worker/],
    [{ HOST: '0.0.0.0', WAYMARK_CONFIG: 'no-such-file.yaml' }, /no-such-file\.yaml.*\n.*cannot be read/],
    [
      { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
      /Nothing answers at 127\.0\.0\.1:1\.\n.*DATABASE_URL/,
    ],
  ])('says what is wrong with %o', async (env, message) => {
    const { output, exit } = start(env);
    expect(await exit).toBe(1);
    expect(output()).toMatch(message);
    expect(output()).not.toContain('    at ');
  });
});
