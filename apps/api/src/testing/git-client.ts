import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How a run of git ended. */
export interface GitResult {
  exitCode: number;
  output: string;
  /** What it wrote to its standard error: for its user. */
  complaint: string;
}

export interface GitClientOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  signal?: AbortSignal;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs the stock git as a person would, outside of any configuration of this machine. */
export function git(args: readonly string[], options: GitClientOptions = {}): Promise<GitResult> {
  const env = {
    ...{ PATH: process.env['PATH'], LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    ...{ GIT_TERMINAL_PROMPT: '0', GIT_AUTHOR_NAME: 'Ada Example', GIT_AUTHOR_EMAIL: 'ada@example.com' },
    ...{ GIT_COMMITTER_NAME: 'Ada Example', GIT_COMMITTER_EMAIL: 'ada@example.com' },
    ...options.env,
  };
  const { cwd, signal } = options;
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      ['-c', 'init.defaultBranch=main', '-c', 'gc.auto=0', '-c', 'advice.detachedHead=false', ...args],
      { env, maxBuffer: MAX_OUTPUT_BYTES, ...(cwd ? { cwd } : {}), ...(signal ? { signal } : {}) },
      (error, output, complaint) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exitCode, output, complaint });
      },
    );
    child.stdin?.end(options.input);
  });
}

/** The same, for what has to go well; gives the output without the line break at its end. */
export async function gitOk(args: readonly string[], options: GitClientOptions = {}): Promise<string> {
  const { exitCode, output, complaint } = await git(args, options);
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} failed (${exitCode}): ${complaint}`);
  return output.trimEnd();
}

/** A work tree on the disk, as somebody's checkout. */
export interface Checkout {
  readonly directory: string;
  /** Writes files, commits them, and gives the commit's id. */
  commit(files: Readonly<Record<string, string | Buffer>>, message?: string): Promise<string>;
  run(args: readonly string[], options?: GitClientOptions): Promise<GitResult>;
  ok(args: readonly string[], options?: GitClientOptions): Promise<string>;
}

/** Takes a folder that git has made for a checkout. */
export function checkoutAt(directory: string): Checkout {
  const ok = (args: readonly string[], options?: GitClientOptions) =>
    gitOk(args, { cwd: directory, ...options });
  return {
    directory,
    ok,
    run: (args, options) => git(args, { cwd: directory, ...options }),
    async commit(files, message = 'Change files') {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(directory, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      await ok(['add', '--all', '--force']);
      await ok(['commit', '--quiet', '--allow-empty', '-m', message]);
      return ok(['rev-parse', 'HEAD']);
    },
  };
}

/** Makes a checkout with the given origin, which need not have anything yet. */
export async function initCheckout(directory: string, origin: string): Promise<Checkout> {
  mkdirSync(directory, { recursive: true });
  await gitOk(['init', '--quiet', directory]);
  await gitOk(['remote', 'add', 'origin', origin], { cwd: directory });
  return checkoutAt(directory);
}
