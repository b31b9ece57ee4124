import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGitHubCatalog, type GitHubCatalog } from '../../testing/github-catalog.ts';

// Hundreds of calls over real HTTP, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const database = useTestDatabase();
let catalog: GitHubCatalog;

beforeAll(async () => {
  catalog = await startGitHubCatalog(database().url, 3);
});
afterAll(() => catalog[Symbol.asyncDispose]());

beforeEach(() => catalog.poll());

describe('a list that is not what GitHub promises', () => {
  const json = { 'content-type': 'application/json' };
  const list = (body: unknown, headers: Record<string, string> = json) => ({ status: 200, headers, body });
  const repository = {
    id: 1,
    full_name: 'acme/odd',
    default_branch: 'main',
    pushed_at: '2026-01-01T00:00:00Z',
  };
  const page = (call: string) => Number(/&page=(\d+)/.exec(call)?.[1]);
  const next = { ...json, link: '<http://127.0.0.1/next>; rel="next"' };

  it.each([
    [
      'a page of HTML',
      () => list('<html>Sign in</html>', { 'content-type': 'text/html' }),
      'host.bad-answer',
    ],
    ['an object', () => list({ message: 'hello' }), 'host.bad-answer'],
    ['text that is no JSON', () => list('[{"id":'), 'host.bad-answer'],
    ['one page again and again', () => list([repository], next), 'host.bad-answer'],
    [
      'pages without an end',
      (call: string) => list([{ ...repository, id: page(call) }], next),
      'host.bad-answer',
    ],
    [
      'more bytes than anybody reads',
      () => list(`"${'x'.repeat(40 * 1024 * 1024)}"`),
      'host.answer-too-large',
    ],
    ['an error of the server', () => ({ status: 500 }), 'host.unavailable'],
    [
      'a redirect to somewhere else',
      () => ({ status: 302, headers: { location: 'https://evil.example/' } }),
      'host.unreachable',
    ],
  ])('fails for %s, and nothing goes', async (_, answer, code) => {
    const before = await catalog.countComponents();
    catalog.github.intercept = (call) => (call.startsWith('/orgs/') ? answer(call) : undefined);
    const source = await catalog.poll();
    catalog.github.intercept = undefined;
    expect(source).toMatchObject({ state: 'failed', error: { code } });
    expect(await catalog.countComponents()).toBe(before);
  });

  it.each([
    ['a negative id', { ...repository, id: -1 }],
    ['a name of ten megabytes', { ...repository, full_name: `acme/${'x'.repeat(10 * 1024 * 1024)}` }],
    ['a name that leads elsewhere', { ...repository, full_name: 'acme/../../etc' }],
    ['a name with a direction override', { ...repository, full_name: 'acme/x\u202eyz' }],
    ['wrong types', { id: 'one', full_name: 7 }],
    ['nothing', null],
  ])('leaves out a repository with %s, and takes nothing for gone', async (_, odd) => {
    const before = await catalog.countComponents();
    catalog.github.intercept = (call) => (call.startsWith('/orgs/') ? list([odd]) : undefined);
    const source = await catalog.poll();
    catalog.github.intercept = undefined;
    expect(source).toMatchObject({ state: 'ready', error: { code: 'discovery.incomplete' } });
    expect(catalog.github.calls).toHaveLength(1);
    expect(await catalog.countComponents()).toBe(before);
  });
});
