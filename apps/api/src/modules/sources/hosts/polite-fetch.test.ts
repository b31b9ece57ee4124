import { describe, expect, it } from 'vitest';
import { HostPausedError, type HostState } from './hosted-git.ts';
import { createPoliteFetch } from './polite-fetch.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

/** A host that gives these answers in turn, on a clock that the test moves. */
function politeHost(answers: readonly Response[]) {
  const pauses = new Map<string, { until: Date; reason: string }>();
  const state: HostState = {
    pausedUntil: async (host) => pauses.get(host),
    pause: async (host, until, reason) => void pauses.set(host, { until, reason }),
  };
  const given = { nowMs: NOW, calls: 0 };
  const fetchFrom = (host: string) =>
    createPoliteFetch({
      ...{ host, state, now: () => new Date(given.nowMs) },
      fetch: async () => answers[given.calls++] ?? new Response('more'),
    });
  return { given, fetchFrom };
}

describe('a polite call', () => {
  it('is not made while its host wants to be left alone, and made again after that', async () => {
    const { given, fetchFrom } = politeHost([
      new Response('', { status: 429, headers: { 'retry-after': '60' } }),
    ]);
    const until = new Date(NOW + 60_000);
    await expect(fetchFrom('a.example')('https://a.example/')).rejects.toMatchObject({ until });
    await expect(fetchFrom('a.example')('https://a.example/')).rejects.toThrow(HostPausedError);
    expect(given.calls).toBe(1);
    given.nowMs += 61_000;
    expect(await (await fetchFrom('a.example')('https://a.example/')).text()).toBe('more');
  });

  it('is none of the business of other hosts', async () => {
    const { fetchFrom } = politeHost([new Response('', { status: 429 })]);
    await expect(fetchFrom('a.example')('https://a.example/')).rejects.toThrow(HostPausedError);
    expect((await fetchFrom('b.example')('https://b.example/')).status).toBe(200);
  });

  it.each([200, 401, 403, 404, 500])('gives an answer of status %i as it is', async (status) => {
    const { fetchFrom } = politeHost([new Response('', { status })]);
    expect((await fetchFrom('a.example')('https://a.example/')).status).toBe(status);
  });
});
