import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { startGroup } from './process-group.mjs';

describe.skipIf(process.platform === 'win32')('startGroup', () => {
  test('stops what the program started, too', async () => {
    const group = startGroup('sh', ['-c', 'sleep 60 & echo started; wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(group.child.stdout, 'data');
    // Open as long as anybody who inherited it lives.
    const outputClosed = once(group.child, 'close');
    await group.stop();
    await outputClosed;
    expect((await group.ended).signal).toBe('SIGTERM');
  });

  test('ends a program that does not want to', async () => {
    const script = "trap '' TERM; echo started; while :; do sleep 0.05; done";
    const group = startGroup('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(group.child.stdout, 'data');
    await group.stop('SIGTERM', 100);
    expect((await group.ended).signal).toBe('SIGKILL');
  });

  test('reports a program that does not exist', async () => {
    const group = startGroup('/no/such/program', [], { stdio: 'ignore' });
    expect(await group.ended).toMatchObject({ code: 127, error: { code: 'ENOENT' } });
    await group.stop();
  });
});
