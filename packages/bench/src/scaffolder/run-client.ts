import { createTask, getRun, streamTaskEvents, type Run } from '@waymark/contracts';
import { requestPath } from '../support/server-client.ts';

/** Starts runs and waits for them as a client does that shows their log. */
export interface RunClient {
  /** The id of a new run. */
  start(template: string, values: Record<string, string>): Promise<string>;
  /** Follows the log of a run to its end. @throws Error when the run did not complete */
  followToEnd(id: string): Promise<Run>;
}

export function createRunClient(baseUrl: string, signal: AbortSignal): RunClient {
  return {
    async start(template, values) {
      const response = await fetch(baseUrl + createTask.path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ templateRef: `template:default/${template}`, values }),
        signal,
      });
      const text = await response.text();
      if (response.status !== createTask.status) throw new Error(`A run was refused: ${text.slice(0, 500)}`);
      return createTask.reply.parse(JSON.parse(text)).id;
    },

    async followToEnd(id) {
      const params = { taskId: id };
      const stream = await fetch(baseUrl + requestPath(streamTaskEvents, { params }), { signal });
      let tail = '';
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) {
        tail += decoder.decode(chunk, { stream: true });
        if (/^event: completion$/m.test(tail)) break;
        tail = tail.slice(tail.lastIndexOf('\n') + 1);
      }
      const response = await fetch(baseUrl + requestPath(getRun, { params }), { signal });
      const run = getRun.reply.parse(await response.json());
      if (run.status === 'completed') return run;
      throw new Error(`A run ended as ${run.status}: ${run.error?.message ?? 'no reason given'}`);
    },
  };
}
