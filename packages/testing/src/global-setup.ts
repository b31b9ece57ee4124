import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { TestCluster } from './test-cluster.ts';

/** Starts the database server of a test run. Vitest calls what it returns at the end of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const keeper = fork(join(import.meta.dirname, 'cluster-keeper.ts'), {
    // Not in our process group: Ctrl+C must leave it alive to clean up.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(keeper, 'exit');
  const cluster = await Promise.race([
    once(keeper, 'message').then(([message]) => message as TestCluster), // what our own keeper sends
    exited.then(() => Promise.reject(new Error('The test database did not start; the reason is above.'))),
  ]);
  // Neither may hold up an interrupted run: the keeper ends when the channel closes.
  keeper.unref();
  keeper.channel?.unref();
  project.provide('testCluster', cluster);
  return async () => {
    keeper.ref();
    keeper.disconnect();
    await exited;
    if (keeper.exitCode !== 0) throw new Error('The test database was not removed; the reason is above.');
  };
}
