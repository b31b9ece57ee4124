import { SourceReadError } from '../readers/source-reader.ts';
import { HostPausedError, type HostState, type RateLimit } from './hosted-git.ts';
import { pauseOf, rateLimitOf } from './rate-limit.ts';

/** A call that has not answered by then is given up. */
const CALL_TIMEOUT_MS = 30_000;
/** Of one JSON answer: a page of a hundred repositories has about half a megabyte, the largest tree seven. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface HostFetchOptions {
  /** For messages and for the pause that all workers share, e.g. `github.com`. */
  host: string;
  fetch: typeof globalThis.fetch;
  state: HostState;
  now: () => Date;
  onRateLimit: (rateLimit: RateLimit) => Promise<void>;
}

/**
 * A `fetch` that is polite and suspicious: it calls no host that asked to be left alone, notes the budget of
 * calls, reads no more than a bounded answer, and turns every answer that is no good into an error that says
 * what to do. 2xx, 304, 404 and 409 come back.
 */
export function createHostFetch(options: HostFetchOptions): typeof globalThis.fetch {
  const { host, state, now } = options;
  return async (input, init) => {
    const pause = await state.pausedUntil(host);
    if (pause && pause.until > now()) throw new HostPausedError(pause.reason, pause.until);
    const signals = [init?.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)].filter((signal) => signal != null);
    const answer = await callHost(options, input, { ...init, signal: AbortSignal.any(signals) });
    const rateLimit = rateLimitOf(answer.headers);
    if (rateLimit) await options.onRateLimit(rateLimit);
    const asksToWait = await pauseOf(answer, now());
    if (asksToWait) {
      const reason = `${host} has asked to be left alone until ${asksToWait.toISOString()}: its limit of calls is reached.`;
      await state.pause(host, asksToWait, reason);
      throw new HostPausedError(reason, asksToWait);
    }
    refuseFailure(host, answer);
    return isArchive(answer) ? answer : bounded(host, answer);
  };
}

async function callHost(
  { host, fetch }: HostFetchOptions,
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    // The caller has given up: that says nothing about the host.
    if (init.signal?.aborted === true && !isTimeout(init.signal.reason)) throw error;
    throw new SourceReadError(
      'host.unreachable',
      `${host} does not answer.`,
      'It is tried again by itself. Check the host name, its certificate and the network of the server.',
      error,
    );
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

function refuseFailure(host: string, { status }: Response): void {
  if (status < 400 || status === 404 || status === 409) return;
  if (status === 401) {
    throw new SourceReadError(
      'host.unauthorized',
      `${host} does not accept the token.`,
      'It may have expired or been revoked. Put a valid token into the integrations of the configuration and start again.',
    );
  }
  if (status === 403) {
    throw new SourceReadError(
      'host.forbidden',
      `${host} does not let the token read this.`,
      'Give the token the right to read the repositories, and for people and teams the right to read the organisation.',
    );
  }
  throw new SourceReadError(
    status >= 500 ? 'host.unavailable' : 'host.refused',
    `${host} answered with status ${status}.`,
    'It is tried again by itself. If it stays, look at the status page of the host.',
  );
}

/** Archives are streamed; whoever reads them counts. */
function isArchive({ headers }: Response): boolean {
  return /gzip|octet-stream|x-tar/.test(headers.get('content-type') ?? '');
}

/** The same answer with its body in memory; one that never ends is cut off. */
async function bounded(host: string, answer: Response): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw badAnswer(host, `it has more than ${MAX_ANSWER_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof SourceReadError) throw error;
    throw new SourceReadError(
      'host.unreachable',
      `${host} broke off in the middle of an answer.`,
      'It is tried again by itself.',
      error,
    );
  }
  const isBodyless = answer.status === 204 || answer.status === 304;
  return new Response(isBodyless ? null : Buffer.concat(chunks), {
    status: answer.status,
    headers: answer.headers,
  });
}

/** What is thrown for an answer that is not what the host's API promises. */
export function badAnswer(host: string, reason: string, cause?: unknown): SourceReadError {
  return new SourceReadError(
    'host.bad-answer',
    `${host} gave an answer that cannot be used: ${reason}.`,
    'Check apiBaseUrl of the integration: a proxy or a sign-in page may stand in the way. Nothing is removed meanwhile.',
    cause,
  );
}
