/**
 * The load generator, in a process of its own so that it takes no time of the server's or of the benchmark's
 * event loop: answers each order with its result and ends with the channel.
 */
import autocannon from 'autocannon';
import type { LoadAnswer, LoadOrder, LoadResult } from './load-order.ts';
import { percentile } from '../support/percentile.ts';
import { explainBadReply } from './reply-check.ts';

const MAX_BAD_REPLIES = 3;

// Ctrl+C reaches the whole process group; the benchmark decides when this process is not needed any more.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (order: LoadOrder) => void answer(order));

async function answer(order: LoadOrder): Promise<void> {
  let reply: LoadAnswer;
  try {
    reply = { result: await fire(order) };
  } catch (error) {
    reply = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(reply);
}

async function fire({ baseUrl, paths, connections, seconds, check }: LoadOrder): Promise<LoadResult> {
  // autocannon counts whole milliseconds, too coarse for answers that take a fraction of one. Only good answers
  // count: a busy server refuses in no time.
  const latenciesMs: number[] = [];
  const badReplies: { path: string; reason: string }[] = [];
  let sent = 0;
  let checked = 0;
  const startedAt = performance.now();
  let lastReplyAt = startedAt;
  const run = autocannon({
    url: baseUrl,
    connections,
    ...(seconds === undefined ? { amount: paths.length } : { duration: seconds }),
    requests: [
      {
        setupRequest: (request) => ({ ...request, path: pathAt(paths, sent++) }),
        ...(check === undefined
          ? {}
          : {
              onResponse: (status, body) => {
                const path = pathAt(paths, checked++);
                const reason = explainBadReply(check, status, body);
                if (reason !== undefined && badReplies.length < MAX_BAD_REPLIES)
                  badReplies.push({ path, reason });
              },
            }),
      },
    ],
  });
  run.on('response', (_client, status, _bytes, milliseconds) => {
    if (status >= 200 && status < 300) latenciesMs.push(milliseconds);
    lastReplyAt = performance.now();
  });
  const { errors, non2xx } = await run;
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    requests: sorted.length,
    requestsPerSecond: (sorted.length * 1000) / (lastReplyAt - startedAt),
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
    maxMs: percentile(sorted, 100),
    non2xx,
    connectionErrors: errors,
    badReplies,
  };
}

/** The remainder is always inside the list, which is never empty. */
function pathAt(paths: readonly string[], turn: number): string {
  return paths[turn % paths.length] ?? '/';
}
