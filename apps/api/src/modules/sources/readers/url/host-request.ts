import type { Integration, Integrations, OutboundRequest } from '../../../../platform/outbound/index.ts';
import { OutboundError } from '../../../../platform/outbound/index.ts';
import type { HostFetch } from '../../hosts/polite-fetch.ts';
import { SourceReadError } from '../source-reader.ts';

/** Asks the API of one host: a path below its base, or one of its full URLs, with the credentials for it. */
export type HostRequest = (path: string, request: OutboundRequest) => Promise<Response>;

/** Binds requests to one integration. */
export function hostRequest(
  fetch: HostFetch,
  integrations: Integrations,
  integration: Integration,
): HostRequest {
  return (path, request) => {
    const url = /^https?:\/\//.test(path) ? path : `${integration.apiBaseUrl}${path}`;
    return guarded(() =>
      fetch(url, {
        ...request,
        headers: {
          'user-agent': 'waymark',
          ...request.headers,
          ...integrations.credentialsFor(integration, url),
        },
      }),
    );
  };
}

/** Runs a request and turns its refusal into one of the source. */
export async function guarded(ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new SourceReadError(error.code, error.message, error.hint, error);
  }
}

/** @throws SourceReadError in words for whoever gave the URL, unless the answer is what was asked for. */
export async function demandAnswer(answer: Response, host: string): Promise<void> {
  if (answer.ok || answer.status === 304) return;
  const isSpent = answer.headers.get('x-ratelimit-remaining') === '0' || answer.headers.has('retry-after');
  if (answer.status === 429 || (answer.status === 403 && isSpent)) {
    throw new SourceReadError(
      'url.rate-limited',
      `${host} answers no more requests for now: its rate limit is used up.`,
      'It is tried again by itself. A token under integrations in the configuration raises the limit.',
    );
  }
  if (answer.status === 401 || answer.status === 403) {
    throw new SourceReadError(
      'url.credentials-required',
      `${host} refuses access (${answer.status}).`,
      'Give the server a token for this host under integrations in the configuration, or check the one it has.',
    );
  }
  throw new SourceReadError(
    'url.failed',
    `${host} answers with status ${answer.status}.`,
    'Open the URL in a browser; try again later if the host has trouble.',
  );
}

/** A body that has to be JSON. */
export async function jsonOf(answer: Response, host: string): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    throw new SourceReadError(
      'url.failed',
      `${host} answers with something that is not JSON.`,
      'Check apiBaseUrl under integrations in the configuration.',
      error,
    );
  }
}
