import type { Response as UndiciResponse } from 'undici';
import { createAllowedHosts, type AllowedHost, type AllowedHosts } from './allowed-hosts.ts';
import { OutboundError } from './outbound-error.ts';
import { lookupWithSystem, type LookupAll } from './public-address.ts';

const MAX_REDIRECTS = 5;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Answers that have no body by definition; a `Response` refuses to be given one. */
const BODYLESS = new Set([204, 205, 304]);
/** What must not reach another server than the one it was meant for. */
const CREDENTIAL_HEADERS = ['authorization', 'private-token', 'job-token', 'cookie', 'proxy-authorization'];

export interface OutboundFetchOptions {
  /** Hosts that may be asked; see `allowedHostsOf`. */
  hosts: readonly AllowedHost[];
  /** Bytes of an answer after decompression. */
  maxBytes?: number;
  /** From the first connection to the last byte, over all redirects. */
  timeoutMs?: number;
  /** Resolver of names; the system's, except in tests. */
  lookup?: LookupAll;
}

/** What can be said of a request; a subset of what `fetch` takes. */
export interface OutboundRequest {
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | Uint8Array | null | undefined;
  signal?: AbortSignal | null | undefined;
  /** Of this answer, in place of the general bound. */
  maxBytes?: number | undefined;
  timeoutMs?: number | undefined;
  /** `manual`: an answer that leads elsewhere is handed on as it is, and nobody else is asked. */
  redirect?: 'follow' | 'manual' | undefined;
}

/**
 * Asks other servers on behalf of people who may mean harm. It is shaped like `fetch`, so that libraries take it;
 * the body has arrived when the promise resolves.
 */
export interface OutboundFetch {
  /** @throws OutboundError whose message is a sentence, or the reason of the signal. */
  (url: string | URL, request?: OutboundRequest): Promise<Response>;
  readonly hosts: AllowedHosts;
  close(): Promise<void>;
}

/**
 * The only way from this server to others over HTTP. Hosts are those of the list, addresses public ones unless the
 * operator listed the host; each redirect is judged anew; bytes, time and decompression are bounded.
 */
export function createOutboundFetch(options: OutboundFetchOptions): OutboundFetch {
  const hosts = createAllowedHosts(options.hosts);
  let client: ReturnType<typeof openClient> | undefined;
  const maxBytesByDefault = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const timeoutByDefault = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  async function ask(target: string | URL, request: OutboundRequest = {}): Promise<Response> {
    let url = hosts.demand(target);
    const timeoutMs = request.timeoutMs ?? timeoutByDefault;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    const headers = lowerCased(request.headers ?? {});
    client ??= openClient(hosts, options.lookup ?? lookupWithSystem);
    const { fetch, agent } = await client;
    try {
      for (let hops = 0; ; hops += 1) {
        const answer = await fetch(url, {
          method: request.method ?? 'GET',
          headers,
          body: request.body ?? null,
          signal,
          redirect: 'manual',
          dispatcher: agent,
        });
        if (request.redirect === 'manual' || !isRedirect(answer)) {
          return await received(answer, url, request.maxBytes ?? maxBytesByDefault);
        }
        await answer.body?.cancel();
        const next = redirectTarget(url, answer, hosts, request.method ?? 'GET', hops);
        if (next.origin !== url.origin) for (const name of CREDENTIAL_HEADERS) delete headers[name];
        url = next;
      }
    } catch (error) {
      request.signal?.throwIfAborted();
      throw timeout.aborted ? tooSlow(url, timeoutMs) : explain(error, url);
    }
  }

  return Object.assign(ask, {
    hosts,
    async close() {
      await (await client)?.agent.destroy();
    },
  });
}

/** The client is a large library: it is loaded by the first who asks anybody. */
async function openClient(hosts: AllowedHosts, lookup: LookupAll) {
  const [{ fetch }, { createGuardedAgent }] = await Promise.all([
    import('undici'),
    import('./guarded-agent.ts'),
  ]);
  return { fetch, agent: createGuardedAgent(hosts, lookup) };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function isRedirect(answer: UndiciResponse): boolean {
  return REDIRECTS.has(answer.status) && answer.headers.has('location');
}

function redirectTarget(
  from: URL,
  answer: UndiciResponse,
  hosts: AllowedHosts,
  method: string,
  hops: number,
): URL {
  const refuse = (message: string) =>
    new OutboundError('outbound.bad-redirect', message, 'Give the URL that the redirects end at.');
  const location = answer.headers.get('location') ?? '';
  if (method !== 'GET' && method !== 'HEAD')
    throw refuse(`${from.host} redirects a request that changes things.`);
  if (hops >= MAX_REDIRECTS) throw refuse(`${from.host} redirects more than ${MAX_REDIRECTS} times.`);
  if (!URL.canParse(location, from.href)) throw refuse(`${from.host} redirects to something that is no URL.`);
  const next = new URL(location, from);
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw refuse(`${from.host} redirects from https to http.`);
  }
  return hosts.demand(next);
}

/** Takes the whole body, decompressed as it comes, and stops at the bound. */
async function received(answer: UndiciResponse, url: URL, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const tooLarge = () =>
    new OutboundError(
      'outbound.too-large',
      `${url.host} answers with more than ${maxBytes.toLocaleString('en')} bytes.`,
      'Give a smaller file, or split it.',
    );
  if (Number(answer.headers.get('content-length')) > maxBytes) {
    await answer.body?.cancel();
    throw tooLarge();
  }
  // The client's type says less of its chunks than it guarantees.
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const headers = new Headers([...answer.headers]);
  // The body that is handed on is neither compressed nor of that length any more.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const body = BODYLESS.has(answer.status) ? null : new Uint8Array(Buffer.concat(chunks));
  const response = new Response(body, { status: answer.status, statusText: answer.statusText, headers });
  return Object.defineProperty(response, 'url', { value: url.href });
}

function tooSlow(url: URL, timeoutMs: number): OutboundError {
  return new OutboundError(
    'outbound.timeout',
    `${url.host} did not answer completely within ${timeoutMs / 1000} seconds.`,
    'Try again later; look at the host if it stays.',
  );
}

/** The reason is wrapped several times by the client: the first of ours in the chain is what was meant. */
function explain(error: unknown, url: URL): OutboundError {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof OutboundError) return current;
  }
  return new OutboundError(
    'outbound.unreachable',
    `${url.host} cannot be reached.`,
    'Check the host name and the network.',
    error,
  );
}
