import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadAnswer, LoadOrder, LoadResult } from './load-order.ts';

/** Sends load from a process of its own, one order at a time. */
export interface LoadGenerator {
  fire(order: LoadOrder): Promise<LoadResult>;
}

export function startLoadGenerator(signal: AbortSignal, resources: AsyncDisposableStack): LoadGenerator {
  const child = fork(join(import.meta.dirname, 'load.worker.ts'), [], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  resources.defer(async () => {
    child.kill('SIGKILL'); // it holds nothing
    await ended;
  });
  const died = ended.then(() => Promise.reject(new Error('The load generator ended.')));
  died.catch(() => undefined); // expected at the end; an order that waits still sees it
  return {
    async fire(order) {
      signal.throwIfAborted();
      child.send(order);
      // What our own process sends.
      const message = once(child, 'message', { signal }) as Promise<[LoadAnswer]>;
      const [answer] = await Promise.race([message, died]);
      if ('failure' in answer) throw new Error(`The load could not be generated: ${answer.failure}`);
      return answer.result;
    },
  };
}
