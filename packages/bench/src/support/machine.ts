import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where and when a benchmark ran: without it no figure can be compared with another. */
export interface Machine {
  date: string;
  cores: number;
  processor: string;
  memoryBytes: number;
  /** Runnable processes in the minute before the start; far from zero, others took part of the machine. */
  loadBefore: number;
  system: string;
  nodeVersion: string;
}

export function describeMachine(now: Date): Machine {
  return {
    date: now.toISOString(),
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    system: `${platform()} ${release()} ${arch()}`,
    nodeVersion: process.version,
  };
}
