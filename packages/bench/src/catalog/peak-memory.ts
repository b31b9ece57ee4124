import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Watches how much memory a process takes, in bytes; undefined where the platform does not tell. */
export interface PeakMemory {
  /** The most that it has taken so far. */
  read(): Promise<number | undefined>;
  /** What it takes now. */
  readNow(): Promise<number | undefined>;
  stop(): void;
}

const run = promisify(execFile);
const POLL_INTERVAL_MS = 250;
const KIBIBYTE = 1024;

/** On Linux the kernel keeps the peak; elsewhere the process is looked at four times a second. */
export function watchPeakMemory(pid: number): PeakMemory {
  if (process.platform === 'linux') {
    return {
      read: () => readKernel(pid, 'VmHWM'),
      readNow: () => readKernel(pid, 'VmRSS'),
      stop: () => undefined,
    };
  }
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
    readNow: () => readResident(pid),
    stop: () => clearInterval(timer),
  };
}

async function readKernel(pid: number, field: 'VmHWM' | 'VmRSS'): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const line = status.split('\n').find((candidate) => candidate.startsWith(`${field}:`));
  const kibibytes = /(\d+) kB$/.exec(line ?? '')?.[1];
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
