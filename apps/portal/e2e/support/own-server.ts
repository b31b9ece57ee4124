import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../../../scripts/port.mjs';

/** A server of one journey, which may be stopped and started as an operator does. */
export interface OwnServer extends AsyncDisposable {
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../../../..');
const RUN_TEMPLATES = join(import.meta.dirname, '../fixtures/run-templates');

/** Starts one on an empty database of its own, which reads the templates of runs. */
export async function startOwnServer(): Promise<OwnServer> {
  const home = mkdtempSync(join(tmpdir(), 'waymark-own-'));
  // As root the database is run by another user, who has to pass this folder.
  chmodSync(home, 0o711);
  const config = join(home, 'waymark.yaml');
  const locations = [{ type: 'file', target: RUN_TEMPLATES, path: '**/template.yaml' }];
  writeFileSync(config, JSON.stringify({ catalog: { rules: [{ allow: ['Template'] }], locations } }));
  const port = await findFreePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const ours = /^(DATABASE_URL|NODE_ENV|HOST|WAYMARK_.*)$/;
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
    const started = fork(join(ROOT, 'apps/api/src/main.ts'), {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        ...inherited,
        ...{ PORT: String(port), HOST: '127.0.0.1', WAYMARK_HOME: home, WAYMARK_CONFIG: config },
        ...{ WAYMARK_DEMO: 'false', LOG_LEVEL: 'warn' },
        NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
      },
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      started.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        if (output.includes('Ready after')) resolve();
      });
      started.once('exit', () => reject(new Error(`The server ended:\n${output}`)));
    });
  }

  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ start, stop },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
