import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A comment now and then keeps proxies from taking a quiet stream for a dead one. */
const KEEP_ALIVE_MS = 15_000;
/** A reader that takes nothing has this much waiting at most, then it is cut off; it comes back with its last id. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** One server-sent event. */
export interface ServerEvent {
  id: number;
  name: string;
  data: unknown;
}

/** A stream of server-sent events to one reader. */
export interface EventStream {
  send(event: ServerEvent): void;
  end(): void;
  /** Aborted when the reader is gone, or was cut off. */
  readonly signal: AbortSignal;
}

/** Answers with server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function startEventStream(reply: FastifyReply): EventStream {
  const body = new PassThrough();
  const ended = new AbortController();
  const keepAlive = setInterval(() => body.write(': still here\n\n'), KEEP_ALIVE_MS);
  const finish = () => {
    clearInterval(keepAlive);
    ended.abort();
  };
  reply.raw.on('close', finish);
  body.on('error', finish);
  void reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Pieces of a compressed stream wait for each other.
      'content-encoding': 'identity',
      // Nothing comes after it: kept open and unused it would hold up the end of the server.
      connection: 'close',
    })
    .send(body);
  // The reader learns that it is connected before there is anything to tell.
  body.write('retry: 1000\n\n');
  return {
    send({ id, name, data }) {
      if (ended.signal.aborted) return;
      body.write(`event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
      if (body.readableLength + body.writableLength > MAX_WAITING_BYTES) body.destroy();
    },
    end() {
      clearInterval(keepAlive);
      body.end();
    },
    signal: ended.signal,
  };
}
