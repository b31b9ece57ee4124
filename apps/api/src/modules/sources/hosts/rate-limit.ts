import type { RateLimit } from './hosted-git.ts';

/** How long a host that limits calls without saying until when is left alone, as GitHub recommends. */
const UNSPECIFIED_PAUSE_MS = 60_000;
/** No host may silence us for longer, whatever it writes. */
const MAX_PAUSE_MS = 2 * 3_600_000;
const SECOND_MS = 1_000;

/**
 * The budget of calls in the headers of an answer: `x-ratelimit-*` of GitHub, `ratelimit-*` of GitLab.
 * Undefined when it tells of none, or nonsense.
 */
export function rateLimitOf(headers: Headers): RateLimit | undefined {
  const limit = wholeNumber(headers, 'limit');
  const remaining = wholeNumber(headers, 'remaining');
  const reset = wholeNumber(headers, 'reset');
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  const resetAt = new Date(reset * SECOND_MS);
  if (Number.isNaN(resetAt.getTime())) return undefined;
  return { limit, remaining, resetAt: resetAt.toISOString() };
}

/**
 * Until when an answer asks to be left alone: 429, or 403 with a spent budget, `Retry-After` or the words of
 * GitHub's secondary limits. Undefined for every other answer.
 */
export async function pauseOf(answer: Response, now: Date): Promise<Date | undefined> {
  const { status, headers } = answer;
  if (status !== 429 && status !== 403) return undefined;
  const retryAfterMs = retryAfter(headers.get('retry-after'), now);
  if (retryAfterMs !== undefined) return bounded(retryAfterMs, now);
  const rateLimit = rateLimitOf(headers);
  if (rateLimit?.remaining === 0) return bounded(Date.parse(rateLimit.resetAt) - now.getTime(), now);
  if (status === 429) return bounded(UNSPECIFIED_PAUSE_MS, now);
  const text = await answer
    .clone()
    .text()
    .catch(() => ''); // a body that breaks off says nothing
  return /rate limit/i.test(text.slice(0, 2_000)) ? bounded(UNSPECIFIED_PAUSE_MS, now) : undefined;
}

function bounded(pauseMs: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(Math.max(pauseMs, SECOND_MS), MAX_PAUSE_MS));
}

/** Milliseconds of a `Retry-After`, which is a number of seconds or a date. */
function retryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * SECOND_MS;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - now.getTime();
}

function wholeNumber(headers: Headers, name: string): number | undefined {
  const value = headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
