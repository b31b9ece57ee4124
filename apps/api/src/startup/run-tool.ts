import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { StartError } from './start-error.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export interface ToolOptions {
  root: string;
  signal: AbortSignal;
  env?: Readonly<Record<string, string>>;
}

/**
 * Runs the script of an installed package under this Node.js and waits for its end.
 *
 * @param script path below `node_modules`
 * @throws StartError with the end of what it printed, or the signal's reason
 */
export async function runTool(
  script: string,
  args: string[],
  { root, signal, env }: ToolOptions,
): Promise<void> {
  signal.throwIfAborted();
  const ending = run(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, ...env, NO_COLOR: '1' },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  // Not by the option `signal`, which would not wait for the end: the tool must not write while the caller
  // removes what it has written.
  const stop = () => ending.child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  try {
    await ending;
  } catch (error) {
    signal.throwIfAborted();
    const output = stripVTControlCharacters(printedBy(error)).trim().split('\n').slice(-25).join('\n');
    const hint = /ENOSPC/.test(output)
      ? 'The disk is full.'
      : /EACCES|EROFS|EPERM/.test(output)
        ? 'Make the clone writable for this user.'
        : 'If the sources are unchanged, remove node_modules and start again.';
    throw new StartError(`${script} ${args.join(' ')} failed:\n${output}`, hint, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
}

/** What the failed program printed, which `execFile` hangs on its error. */
function printedBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stdout = 'stdout' in error ? String(error.stdout) : error.message;
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  return `${stdout}\n${stderr}`;
}
