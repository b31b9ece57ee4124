import { spawn, type ChildProcess } from 'node:child_process';
import { withoutPasswords } from '../../../platform/shown-url.ts';
import { SourceReadError } from './source-reader.ts';

const TIMEOUT_MS = 120_000;
/** Of what git writes to stderr, this much is kept for the message. */
const MAX_STDERR = 4_000;
const MAX_STDOUT = 512 * 1024 * 1024;
/** How long git may take to end after it was asked to. */
const STOP_PATIENCE_MS = 2_000;
/** Whether a process and what it starts can be signalled as one. */
const HAS_GROUPS = process.platform !== 'win32';

/** Protocols that a source may use; `ext` and friends run commands and are never possible. */
const ALLOWED_PROTOCOLS = 'file:git:http:https:ssh';

/** Settings that keep a repository's own configuration and hooks from running anything. */
const SAFE_SETTINGS = [
  '-c', 'core.hooksPath=/dev/null',
  '-c', 'core.fsmonitor=false',
  '-c', 'protocol.ext.allow=never',
  '-c', 'credential.helper=',
  '-c', 'gc.auto=0',
  '-c', 'maintenance.auto=false',
]; // prettier-ignore

/** An environment made from nothing but what git needs to find its parts and the network. */
function gitEnvironment(): NodeJS.ProcessEnv {
  // eslint-disable-next-line waymark/no-process-env -- because these belong to the machine, not to the product
  const { PATH, SSH_AUTH_SOCK, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE } = process.env;
  return {
    PATH,
    SSH_AUTH_SOCK,
    HTTPS_PROXY,
    HTTP_PROXY,
    NO_PROXY,
    SSL_CERT_FILE,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=10',
    GIT_ALLOW_PROTOCOL: ALLOWED_PROTOCOLS,
    GIT_HTTP_LOW_SPEED_LIMIT: '1000',
    GIT_HTTP_LOW_SPEED_TIME: '30',
  };
}

/**
 * Runs the system's git and resolves to its standard output.
 *
 * @throws SourceReadError in words for the person who configured the source.
 */
export async function runGit(
  args: readonly string[],
  options: { signal: AbortSignal; input?: string | Buffer },
): Promise<Buffer> {
  options.signal.throwIfAborted();
  const child = spawn('git', [...SAFE_SETTINGS, ...args], {
    env: gitEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: HAS_GROUPS,
  });
  const output: Buffer[] = [];
  let outputBytes = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > MAX_STDOUT) signalGroup(child, 'SIGKILL');
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  child.stdin.on('error', () => {}); // git ended before it read everything; its exit code says why
  child.stdin.end(options.input);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const exitCode = await ended(child, AbortSignal.any([options.signal, timeout]));
  options.signal.throwIfAborted();
  if (timeout.aborted) throw timedOut();
  if (outputBytes > MAX_STDOUT) throw tooMuch();
  if (exitCode === 0) return Buffer.concat(output);
  throw gitError(withoutPasswords(complaint));
}

/**
 * Resolves when git has ended, with everything that it started. On an abort the whole group is asked to end,
 * which removes git's lock files: its helpers for a protocol would otherwise go on talking to the server alone.
 */
async function ended(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child, 'SIGTERM');
    killer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_PATIENCE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(startError(error)));
      child.once('close', resolve);
    });
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', stop);
  }
}

function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // The group is gone already.
  }
}

function startError(error: NodeJS.ErrnoException): Error {
  // They go into the log with the error, and the URL is one of them.
  Reflect.deleteProperty(error, 'spawnargs');
  if (error.code !== 'ENOENT') return error;
  return new SourceReadError(
    'git.not-installed',
    'The program git is not installed on this machine.',
    'Install git (on Debian: apt-get install git) and refresh the source.',
    error,
  );
}

function timedOut(): SourceReadError {
  return new SourceReadError(
    'git.timeout',
    `git gave no result within ${TIMEOUT_MS / 1000} seconds.`,
    'Check the network and the size of the repository, then refresh the source.',
  );
}

function tooMuch(): SourceReadError {
  return new SourceReadError(
    'git.too-large',
    `git gave more than ${MAX_STDOUT / 1024 / 1024} MB at once.`,
    'Use a repository with fewer files, or several smaller ones.',
  );
}

/** What git complains of, in the order in which the patterns are tried. */
const COMPLAINTS: { pattern: RegExp; code: string; message: string; hint: string }[] = [
  {
    pattern:
      /could not read (Username|Password)|Authentication failed|terminal prompts disabled|HTTP 401|HTTP 403|returned error: 40[13]|Permission denied \(/i,
    code: 'git.credentials-required',
    message: 'The repository asks for a user name and password.',
    hint: 'Use a URL that can be read without one, or give the server access (an SSH key, or a token through an integration).',
  },
  {
    pattern:
      /repository .* not found|does not appear to be a git repository|does not exist|HTTP 404|not found|not valid: /i,
    code: 'git.not-found',
    message: 'There is no Git repository at this URL.',
    hint: 'Check the URL for a spelling error. A private repository answers the same way.',
  },
  {
    pattern:
      /Could not resolve host|Connection refused|Failed to connect|Connection timed out|unable to access|Network is unreachable/i,
    code: 'git.unreachable',
    message: 'The Git server cannot be reached.',
    hint: 'Check the host name and the network. Until then the last good entities stay.',
  },
  {
    pattern: /transport '.*' not allowed/i,
    code: 'git.protocol-not-allowed',
    message: 'The protocol of this URL is not allowed.',
    hint: 'Use https, http, ssh, git or file.',
  },
];

function gitError(complaint: string): SourceReadError {
  const known = COMPLAINTS.find(({ pattern }) => pattern.test(complaint));
  if (known) return new SourceReadError(known.code, known.message, known.hint, new Error(complaint));
  const [line = 'no reason given'] = complaint
    .split('\n')
    .filter((text) => /^(fatal|error|remote):/.test(text));
  return new SourceReadError(
    'git.failed',
    `git failed: ${line}`,
    'Run the same clone by hand on the server to see more.',
    new Error(complaint),
  );
}
