import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

const MAIN = path.join(import.meta.dirname, '../main.ts');

/** A server in a process of its own, as an operator runs it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Resolves once the process says that it is ready; rejects with its output when it ends before. */
  readonly ready: Promise<void>;
  /** Everything it has printed. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface ServerProcessOptions {
  role: 'api' | 'worker';
  port: number;
  databaseUrl: string;
  home: string;
  configFile: string;
}

/** Starts `main.ts` with an environment that holds nothing else than what is named here. */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      WAYMARK_ROLE: options.role,
      PORT: String(options.port),
      DATABASE_URL: options.databaseUrl,
      WAYMARK_HOME: options.home,
      WAYMARK_CONFIG: options.configFile,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes('Ready after')) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('exit', (code, signal) => {
      reject(new Error(`The server ended (${signal ?? code}) before it was ready:\n${output}`));
    });
  });
  ready.catch(() => {}); // a test that ends the server early does not wait for it
  return {
    child,
    url: `http://127.0.0.1:${options.port}`,
    ready,
    output: () => output,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}

/** A port that nothing listens on at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}

/** Asks again and again until the answer is good; the error tells what the last one was. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
  timeoutMs = 60_000,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask().catch((error: unknown) => error);
    // An error counts as an answer that is not good yet.
    if (!(answer instanceof Error) && isGood(answer as Answer)) return answer as Answer;
    if (Date.now() > deadline) {
      throw new Error(
        `No good answer within ${timeoutMs} ms; the last was ${JSON.stringify(answer)} ${String(answer)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50)); // polling another process
  }
}
