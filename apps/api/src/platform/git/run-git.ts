import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { withoutPasswords } from '../shown-url.ts';
import { gitEnvironment, SAFE_GIT_SETTINGS } from './git-environment.ts';
import { explainComplaint, explainStartFailure, GitError } from './git-error.ts';
import { HAS_PROCESS_GROUPS, signalGroup, waitForEnd } from './process-group.ts';

const USUAL_TIMEOUT_MS = 120_000;
/** Of what git writes to stderr, this much is kept for the message. */
const MAX_STDERR = 4_000;
const USUAL_MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** How git is run. */
export interface RunGitOptions {
  signal: AbortSignal;
  /** For git's standard input, which is empty without it. When it fails, so does the call. */
  input?: string | Buffer | AsyncIterable<Buffer>;
  /** Folder that git starts in; the server's own without it. */
  cwd?: string;
  /** Added to an environment that holds nothing of the server's: `GIT_WORK_TREE`, `GIT_AUTHOR_DATE`, `GIT_INDEX_FILE`. */
  env?: Readonly<Record<string, string>>;
  timeoutMs?: number;
  /** Of standard output; beyond it git is stopped. */
  maxOutputBytes?: number;
  /** Exit codes that are answers; 0 alone without them. */
  answeringCodes?: readonly number[];
}

/**
 * Runs the system's git without a shell and resolves to its standard output. No configuration of the machine and no
 * hook takes part, and git asks nobody for a password. Put `--` or `--end-of-options` before what others have named.
 *
 * @throws GitError in words for whoever asked; the reason of the signal when that is aborted
 */
export async function runGit(args: readonly string[], options: RunGitOptions): Promise<Buffer> {
  const { signal, timeoutMs = USUAL_TIMEOUT_MS, maxOutputBytes = USUAL_MAX_OUTPUT_BYTES } = options;
  const { answeringCodes = [0] } = options;
  signal.throwIfAborted();
  const child = spawn('git', [...SAFE_GIT_SETTINGS, ...args], {
    env: { ...gitEnvironment(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: HAS_PROCESS_GROUPS,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const output: Buffer[] = [];
  let outputBytes = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > maxOutputBytes) signalGroup(child, 'SIGKILL');
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  const feeding = feed(child, options.input);
  const timeout = AbortSignal.timeout(timeoutMs);
  const exitCode = await waitForEnd(child, AbortSignal.any([signal, timeout])).catch((error: unknown) => {
    throw error instanceof Error ? explainStartFailure(error) : error;
  });
  const { failure } = await feeding;
  signal.throwIfAborted();
  if (failure) throw failure;
  if (timeout.aborted) throw timedOut(timeoutMs);
  if (outputBytes > maxOutputBytes) throw tooMuch(maxOutputBytes);
  if (exitCode !== null && answeringCodes.includes(exitCode)) return Buffer.concat(output);
  throw explainComplaint(withoutPasswords(complaint));
}

/** Resolves when git has taken its input or wants no more of it, with why the input itself failed. */
async function feed(
  child: ChildProcessWithoutNullStreams,
  input: RunGitOptions['input'] = '',
): Promise<{ failure?: Error }> {
  child.stdin.on('error', () => {}); // git ended before it read everything; its exit code says why
  if (typeof input === 'string' || Buffer.isBuffer(input)) {
    child.stdin.end(input);
    return {};
  }
  const state: { failure?: Error } = {};
  const watched = async function* () {
    try {
      yield* input;
    } catch (error) {
      state.failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  await pipeline(watched, child.stdin).catch(() => {
    if (state.failure) signalGroup(child, 'SIGKILL');
  });
  return state;
}

function timedOut(timeoutMs: number): GitError {
  return new GitError(
    'git.timeout',
    `git gave no result within ${timeoutMs / 1000} seconds.`,
    'Check the network and the size of the repository, then try again.',
  );
}

function tooMuch(maxOutputBytes: number): GitError {
  return new GitError(
    'git.too-large',
    `git gave more than ${Math.ceil(maxOutputBytes / 1024 / 1024)} MB at once.`,
    'Use a repository with fewer files, or several smaller ones.',
  );
}
