/** The part of autocannon 9 that the benchmarks use; the package brings no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  namespace autocannon {
    /** What is sent; `setupRequest` gives the one that goes out in its place. */
    interface Request {
      path?: string;
      setupRequest?: (request: Request) => Request;
      /** `body` is the whole reply as text. */
      onResponse?: (status: number, body: string) => void;
    }

    interface Options {
      url: string;
      connections: number;
      /** Seconds; without effect when there is an `amount`. */
      duration?: number;
      /** Requests over all connections. */
      amount?: number;
      requests: Request[];
    }

    interface Result {
      /** Connection errors, timeouts included. */
      errors: number;
      timeouts: number;
      non2xx: number;
    }

    interface Run extends EventEmitter, PromiseLike<Result> {
      on(
        event: 'response',
        listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
      ): this;
      on(event: 'start' | 'done', listener: () => void): this;
    }
  }

  function autocannon(options: autocannon.Options): autocannon.Run;
  export = autocannon;
}
