import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../testing/temporary-folder.ts';
import type { TrialTask } from '../../testing/trial.process.ts';
import {
  createIsolatedProcesses,
  type IsolatedProcesses,
  type IsolatedProcessesOptions,
} from './isolated-processes.ts';

const folder = useTemporaryFolder();
const opened: IsolatedProcesses<TrialTask, unknown>[] = [];

afterEach(async () => {
  for (const processes of opened.splice(0)) await processes.close();
});

function open(options: Partial<IsolatedProcessesOptions> = {}) {
  const processes = createIsolatedProcesses<TrialTask, unknown>({
    module: new URL('../../testing/trial.process.ts', import.meta.url),
    ...{ memoryMb: 64, minProcesses: 0, maxProcesses: 1, ...options },
  });
  opened.push(processes);
  return (task: TrialTask, deadlineMs = 30_000, signal = new AbortController().signal) =>
    processes.run(task, { deadlineMs, signal });
}

describe('isolated processes', () => {
  it('answer in kind, with bytes as they were', async () => {
    const run = open();
    const value = { text: '€', bytes: Buffer.from([0, 255]), nothing: undefined, list: [1n] };
    expect(await run({ kind: 'echo', value })).toEqual(value);
  });

  it('end alone when memory runs out in one step, and the next in line is served', async () => {
    const run = open();
    const greedy = run({ kind: 'fill-memory' });
    const next = run({ kind: 'echo', value: 'next' });
    await expect(greedy).rejects.toMatchObject({ reason: 'ended' });
    expect(await next).toBe('next');
  });

  it('end with their deadline, which begins when a task is taken up', async () => {
    const run = open();
    const endless = run({ kind: 'loop' }, 300);
    const next = run({ kind: 'echo', value: 'next' }, 5_000);
    await expect(endless).rejects.toMatchObject({ reason: 'late' });
    expect(await next).toBe('next');
  });

  it('end when nobody wants the answer, and what waits goes too', async () => {
    const run = open();
    await run({ kind: 'pid' });
    const reason = new Error('not wanted');
    const aborter = new AbortController();
    const endless = run({ kind: 'loop' }, 30_000, aborter.signal);
    const waiting = run({ kind: 'echo', value: 'unheard' }, 30_000, aborter.signal);
    setTimeout(() => aborter.abort(reason), 100);
    await expect(endless).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(await run({ kind: 'echo', value: 'next' })).toBe('next');
  });

  it('say what was thrown, and go on', async () => {
    const run = open();
    const pid = await run({ kind: 'pid' });
    await expect(run({ kind: 'throw' })).rejects.toMatchObject({
      reason: 'threw',
      cause: { name: 'TypeError', message: 'This cannot be.' },
    });
    expect(await run({ kind: 'pid' })).toBe(pid);
  });

  it('are replaced when they ended while they had nothing to do', async () => {
    const run = open();
    await run({ kind: 'exit-after' });
    await delay(200);
    expect(await run({ kind: 'echo', value: 'next' })).toBe('next');
  });

  it('refuse more tasks than may wait', async () => {
    const run = open({ maxWaiting: 1 });
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((value) => run({ kind: 'echo', value })));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { reason: 'busy' } });
  });

  it('end when they were idle for long, and others start with the next task', async () => {
    const run = open({ idleMs: 100 });
    const pid = await run({ kind: 'pid' });
    await expect.poll(() => isRunning(Number(pid)), { timeout: 10_000 }).toBe(false);
    expect(await run({ kind: 'pid' })).not.toBe(pid);
  });

  it('know nothing of the server, and can neither read, write nor start anything', async () => {
    const run = open();
    const secret = join(folder.path, 'secret');
    writeFileSync(secret, 'hunter2');
    expect(await run({ kind: 'environment' })).not.toContain('PATH');
    for (const kind of ['read', 'write', 'start'] as const) {
      await expect(run({ kind, path: kind === 'start' ? process.execPath : secret })).rejects.toMatchObject({
        cause: { code: 'ERR_ACCESS_DENIED' },
      });
    }
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
