import { setTimeout as delay } from 'node:timers/promises';

/** The parts of an endpoint of the contract that a call needs. */
interface CallableEndpoint<Reply> {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly reply: { parse(value: unknown): Reply };
}

/** What goes into a path; a list is sent as a repeated parameter, undefined is left out. */
export interface RequestParts {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

/** Calls the server under test, outside the measured load. */
export interface ServerClient {
  /** @throws ReplyError for any other status than that of the contract */
  call<Reply>(endpoint: CallableEndpoint<Reply>, parts: RequestParts): Promise<Reply>;
  /** Calls again and again until `isDone`; an answer "come back later" (503) counts as not yet. */
  pollUntil<Reply>(
    endpoint: CallableEndpoint<Reply>,
    parts: RequestParts,
    isDone: (reply: Reply) => boolean,
  ): Promise<Reply>;
}

/** The server did not answer as the contract says. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Polling takes time of the server that it measures: the longer something lasts, the more seldom it is asked. */
const POLL_SHARE = 0.02;
const MIN_POLL_INTERVAL_MS = 5;
const MAX_POLL_INTERVAL_MS = 200;
/** No assertion: without it a server that never gets there would hold the benchmark for ever. */
const POLL_LIMIT_MS = 600_000;

export function createServerClient(baseUrl: string, signal: AbortSignal): ServerClient {
  const client: ServerClient = {
    async call(endpoint, parts) {
      const path = requestPath(endpoint, parts);
      const response = await fetch(baseUrl + path, { method: endpoint.method, signal });
      const text = await response.text();
      if (response.status === endpoint.status) return endpoint.reply.parse(JSON.parse(text));
      throw new ReplyError(
        `${endpoint.method} ${path} answered ${response.status}: ${text.slice(0, 500)}`,
        response.status,
      );
    },

    async pollUntil(endpoint, parts, isDone) {
      const startedAt = performance.now();
      const elapsedMs = () => performance.now() - startedAt;
      while (elapsedMs() < POLL_LIMIT_MS) {
        const reply = await client.call(endpoint, parts).catch((error: unknown) => {
          if (error instanceof ReplyError && error.status === 503) return undefined;
          throw error;
        });
        if (reply !== undefined && isDone(reply)) return reply;
        const pauseMs = Math.min(
          MAX_POLL_INTERVAL_MS,
          Math.max(MIN_POLL_INTERVAL_MS, elapsedMs() * POLL_SHARE),
        );
        await delay(pauseMs, undefined, { signal });
      }
      throw new Error(
        `${requestPath(endpoint, parts)} did not get there within ${POLL_LIMIT_MS / 60_000} minutes.`,
      );
    },
  };
  return client;
}

/** Path and query string of a request, from the path of an endpoint with its `:parameters`. */
export function requestPath({ path }: { path: string }, { params = {}, query = {} }: RequestParts): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs a value for ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) search.append(name, String(item));
    }
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
