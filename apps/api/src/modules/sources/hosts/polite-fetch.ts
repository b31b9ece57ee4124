import type { OutboundRequest } from '../../../platform/outbound/index.ts';
import { HostPausedError, type HostState, type RateLimit } from './hosted-git.ts';
import { pauseOf, rateLimitOf } from './rate-limit.ts';

/** A call to a host; see `createPoliteFetch`. */
export type HostFetch = (url: string | URL, request?: OutboundRequest) => Promise<Response>;

export interface PoliteFetchOptions {
  /** For messages and for the pause that all workers share, e.g. `github.com`. */
  host: string;
  fetch: HostFetch;
  state: HostState;
  now: () => Date;
  onRateLimit?: (rateLimit: RateLimit) => Promise<void>;
}

/** Gives the polite `fetch` for calls to a host, by its name. */
export type FetchFrom = (host: string) => HostFetch;

/**
 * A `fetch` that calls no host that asked to be left alone, and lets all workers know when one does. Every answer
 * that asks for nothing of the kind comes back, whatever its status.
 *
 * @throws HostPausedError
 */
export function createPoliteFetch(options: PoliteFetchOptions): HostFetch {
  const { host, fetch, state, now } = options;
  return async (url, request) => {
    const pause = await state.pausedUntil(host);
    if (pause && pause.until > now()) throw new HostPausedError(pause.reason, pause.until);
    const answer = await fetch(url, request);
    const rateLimit = rateLimitOf(answer.headers);
    if (rateLimit) await options.onRateLimit?.(rateLimit);
    const asksToWait = await pauseOf(answer, now());
    if (!asksToWait) return answer;
    const reason = `${host} has asked to be left alone until ${asksToWait.toISOString()}: its limit of calls is reached.`;
    await state.pause(host, asksToWait, reason);
    throw new HostPausedError(reason, asksToWait);
  };
}
