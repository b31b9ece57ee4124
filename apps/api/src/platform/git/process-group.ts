import type { ChildProcess } from 'node:child_process';

/** Whether a process and what it starts can be signalled as one. A child to be ended so is spawned `detached`. */
export const HAS_PROCESS_GROUPS = process.platform !== 'win32';

/** How long a process may take to end after it was asked to. */
const STOP_PATIENCE_MS = 2_000;

/**
 * Resolves with the exit code when a process has ended, with everything that it started. On an abort the whole group
 * is asked to end, which removes git's lock files: its helpers would otherwise go on alone.
 */
export async function waitForEnd(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child, 'SIGTERM');
    killer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_PATIENCE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', stop);
  }
}

/** Sends a signal to a process and all that it started; nothing happens when they are gone. */
export function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_PROCESS_GROUPS) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // The group is gone already.
  }
}
