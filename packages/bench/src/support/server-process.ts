import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { memoryArguments, memoryEnvironment } from '../../../../scripts/server-memory.mjs';

/** The server under test: the real one, in a process of its own. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Rejects when it ends, with the last lines that it printed. */
  ended: Promise<never>;
}

export interface ServerProcessOptions {
  databaseUrl: string;
  /** Folder of its own; its configuration goes there as well. */
  home: string;
  /** What stands in its configuration file. */
  config: object;
  /** A free one without it. */
  port?: number;
  /** Where it writes a CPU profile when it ends. */
  profileDirectory: string | undefined;
  signal: AbortSignal;
  resources: AsyncDisposableStack;
  /** Told each warning and error that it logs. */
  onLogLine: (line: string) => void;
}

const ROOT = join(import.meta.dirname, '../../../..');
/** Variables that would make it another server. */
const OWN_VARIABLES = /^(WAYMARK_.*|PORT|HOST|DATABASE_URL|LOG_LEVEL|NODE_ENV)$/;
const KEPT_LINES = 40;
const STOP_LIMIT_MS = 40_000;

/** Starts the server and waits until it answers. */
export async function startServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const configFile = await writeConfig(options);
  const child = fork(join(ROOT, 'apps/api/src/main.ts'), [], {
    cwd: ROOT,
    // As `npm start` runs it.
    execArgv: [...memoryArguments, ...profileArguments(options.profileDirectory)],
    env: environment(options, configFile),
    // Not in our process group: on Ctrl+C it is stopped in its turn. When we are killed, it sees the channel close.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  options.resources.defer(() => stop(child));
  const output = collectOutput(child, options.onLogLine);
  const ended = once(child, 'exit').then(() => {
    const how = child.signalCode ?? `exit code ${child.exitCode}`;
    throw new Error(`The server ended (${how}):\n${output.lines.join('\n')}`);
  });
  ended.catch(() => undefined); // expected at the end; whoever waits for something else meanwhile still sees it
  const url = await Promise.race([output.url, ended, rejectOnAbort(options.signal)]);
  if (child.pid === undefined) throw new Error('The server was not started.');
  return { url, pid: child.pid, ended };
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

async function writeConfig({ home, config }: ServerProcessOptions): Promise<string> {
  const file = join(home, 'waymark.yaml');
  await writeFile(file, JSON.stringify(config)); // JSON is YAML
  return file;
}

function environment(
  { databaseUrl, home, port = 0 }: ServerProcessOptions,
  configFile: string,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !OWN_VARIABLES.test(name));
  return {
    ...memoryEnvironment,
    ...Object.fromEntries(inherited),
    DATABASE_URL: databaseUrl,
    WAYMARK_HOME: home,
    WAYMARK_CONFIG: configFile,
    WAYMARK_ROLE: 'all',
    WAYMARK_DEMO: 'false',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
}

function profileArguments(directory: string | undefined): string[] {
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}

/** Finds the URL in what the server prints, passes log lines on and keeps the end of everything. */
function collectOutput(child: ChildProcess, onLogLine: (line: string) => void) {
  const lines: string[] = [];
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const listen = (stream: Readable | null) => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      const address = /^\s*Ready after .*: (http:\/\/\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
      if (line.startsWith('{')) onLogLine(line);
    });
  };
  listen(child.stdout);
  listen(child.stderr);
  return { url, lines };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  if (child.connected) child.send('stop', () => undefined);
  else child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
