import { spawn } from 'node:child_process';

const PATIENCE_MS = 5_000;

/**
 * Starts a program in a process group of its own: Ctrl+C in the terminal does not reach it, and `stop` ends
 * it together with everything that it started.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(program, args, options) {
  const isWindows = process.platform === 'win32';
  const child = spawn(program, args, { ...options, detached: !isWindows, windowsHide: true });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const signalGroup = (signal) => {
    try {
      if (isWindows) child.kill(signal);
      else if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch (error) {
      // The group is gone already.
      if (error.code !== 'ESRCH') throw error;
    }
  };
  return {
    child,
    /** Resolves, never rejects, with the exit code, or the signal that ended it. */
    ended,
    signalGroup,
    /** Asks politely, then does not ask. Resolves when the program has ended. */
    async stop(signal = 'SIGTERM', patienceMs = PATIENCE_MS) {
      signalGroup(signal);
      const timer = setTimeout(() => signalGroup('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(timer);
      // Whatever it started and left behind.
      signalGroup('SIGKILL');
    },
  };
}
