import { OutboundError, type OutboundRequest } from '../../../platform/outbound/index.ts';
import { SourceReadError } from '../readers/source-reader.ts';
import { createPoliteFetch, type HostFetch, type PoliteFetchOptions } from './polite-fetch.ts';

export type { HostFetch } from './polite-fetch.ts';

/** Of one JSON answer: a page of a hundred repositories has about half a megabyte, the largest tree seven. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Of an archive, as it comes over the wire. A larger repository belongs into a mirror. */
const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024;
const ARCHIVE_TIMEOUT_MS = 120_000;

export type HostFetchOptions = Required<PoliteFetchOptions>;

/**
 * A `fetch` that is polite and suspicious: it leaves hosts alone that asked for it, notes the budget of calls, and
 * turns every answer that is no good into an error that says what to do. 2xx, 304, 404 and 409 come back.
 */
export function createHostFetch(options: HostFetchOptions): HostFetch {
  const ask = createPoliteFetch({
    ...options,
    fetch: (url, request = {}) => callHost(options, url, request),
  });
  return async (url, request) => {
    const answer = await ask(url, request);
    refuseFailure(options.host, answer);
    return answer;
  };
}

/** Bounds for a call that fetches an archive. */
export const ARCHIVE_BOUNDS = { maxBytes: MAX_ARCHIVE_BYTES, timeoutMs: ARCHIVE_TIMEOUT_MS } as const;

async function callHost(
  { host, fetch }: HostFetchOptions,
  url: string | URL,
  request: OutboundRequest,
): Promise<Response> {
  try {
    return await fetch(url, { maxBytes: MAX_ANSWER_BYTES, ...request });
  } catch (error) {
    // The caller has given up: that says nothing about the host.
    request.signal?.throwIfAborted();
    if (error instanceof OutboundError) {
      const code = error.code === 'outbound.too-large' ? 'host.answer-too-large' : 'host.unreachable';
      throw new SourceReadError(code, `${host} cannot be read: ${error.message}`, error.hint, error);
    }
    throw error;
  }
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

/** What is thrown for an answer that is not what the host's API promises. */
export function badAnswer(host: string, reason: string, cause?: unknown): SourceReadError {
  return new SourceReadError(
    'host.bad-answer',
    `${host} gave an answer that cannot be used: ${reason}.`,
    'Check apiBaseUrl of the integration: a proxy or a sign-in page may stand in the way. Nothing is removed meanwhile.',
    cause,
  );
}

/** What is thrown for what the host does not have, `what` being for example `branch main of acme/shop`. */
export function notOnHost(host: string, what: string): SourceReadError {
  return new SourceReadError(
    'host.not-found',
    `${host} has no ${what}, or hides it from the token.`,
    'Check the name, and that the token may read it. What was read before stays meanwhile.',
  );
}
