import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Watches how much memory a process takes. */
export interface PeakMemory {
  /** The most that it has taken so far, in bytes; undefined where the platform does not tell. */
  read(): Promise<number | undefined>;
  stop(): void;
}

const run = promisify(execFile);
const POLL_INTERVAL_MS = 250;
const KIBIBYTE = 1024;

/** On Linux the kernel keeps the peak; elsewhere the process is looked at four times a second. */
export function watchPeakMemory(pid: number): PeakMemory {
  if (process.platform === 'linux') return { read: () => readKernelPeak(pid), stop: () => undefined };
  let peak: number | undefined;
  const look = async () => {
    const now = await readResident(pid);
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  };
  const timer = setInterval(() => void look(), POLL_INTERVAL_MS);
  timer.unref();
  return {
    async read() {
      await look();
      return peak;
    },
    stop: () => clearInterval(timer),
  };
}

async function readKernelPeak(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * KIBIBYTE;
}

async function readResident(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) * KIBIBYTE;
  } catch {
    return undefined; // no such program, or no such process any more
  }
}
