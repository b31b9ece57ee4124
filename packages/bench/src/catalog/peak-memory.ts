import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Watches how much memory a process and those that it started take, in bytes; undefined where nobody tells. */
export interface PeakMemory {
  /** The most that was seen so far. */
  read(): Promise<number | undefined>;
  /** What they take now. */
  readNow(): Promise<number | undefined>;
  stop(): void;
}

const run = promisify(execFile);
const POLL_INTERVAL_MS = 250;
const KIBIBYTE = 1024;

/** Looks four times a second. */
export function watchPeakMemory(pid: number): PeakMemory {
  const readNow = process.platform === 'linux' ? () => readShares(pid) : () => readResident(pid);
  let peak: number | undefined;
  const look = async () => {
    const now = await readNow().catch(() => undefined); // a process can end while it is looked at
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  };
  const timer = setInterval(() => void look(), POLL_INTERVAL_MS);
  timer.unref();
  return {
    async read() {
      await look();
      return peak;
    },
    readNow,
    stop: () => clearInterval(timer),
  };
}

/** What several processes share, such as the code of Node.js, counts once: the kernel divides it among them (Pss). */
async function readShares(pid: number): Promise<number> {
  const shares = await Promise.all([pid, ...(await readChildren(pid))].map(readShare));
  return shares.reduce((sum, share) => sum + share, 0);
}

async function readChildren(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function readShare(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => ''); // it has ended meanwhile
  return Number(/^Pss: +(\d+) kB$/m.exec(text)?.[1] ?? 0) * KIBIBYTE;
}

async function readResident(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((row) => row.trim().split(/ +/).map(Number));
    const own = rows.filter(([id, parent]) => id === pid || parent === pid);
    return own.reduce((sum, [, , kibibytes = 0]) => sum + kibibytes * KIBIBYTE, 0);
  } catch {
    return undefined; // no such program
  }
}
