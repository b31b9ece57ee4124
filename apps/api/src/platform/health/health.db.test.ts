import { readyz } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../../testing/problem-answer.ts';
import { startTcpFaultProxy, type TcpFaultProxy } from '../../testing/tcp-fault-proxy.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const database = useTestDatabase();
let proxy: TcpFaultProxy;
let server: TestServer;

beforeAll(async () => {
  proxy = await startTcpFaultProxy(database().url);
  server = await startTestServer({ databaseUrl: proxy.url });
});
afterAll(async () => {
  proxy.setMode('pass');
  await server[Symbol.asyncDispose]();
  await proxy.close();
});

async function readiness() {
  const answer = await fetch(`${server.url}/readyz`);
  return { status: answer.status, body: readyz.reply.parse(await answer.json()) };
}

describe('readiness', () => {
  it('is there while everything is', async () => {
    expect(await readiness()).toEqual({
      status: 200,
      body: { status: 'ready', checks: { database: { ready: true }, catalog: { ready: true } } },
    });
  });

  it('goes with the database and says why, comes back with it, and the process lives on meanwhile', async () => {
    proxy.setMode('refuse');
    expect(await readiness()).toEqual({
      status: 503,
      body: {
        status: 'not-ready',
        checks: { database: { ready: false, reason: 'cannot be reached' }, catalog: { ready: true } },
      },
    });
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    proxy.setMode('pass');
    expect((await readiness()).status).toBe(200);
  });
});

describe('while the database is away', () => {
  it('a request that needs it is told so and when to come back, and gets its answer afterwards', async () => {
    proxy.setMode('refuse');
    const answer = await fetch(`${server.url}/api/catalog/sources`);
    expect(answer.headers.get('retry-after')).toBe('2');
    const problem = await expectProblem(answer, 'server.unavailable');
    expect(JSON.stringify(problem)).not.toMatch(/127\.0\.0\.1|ECONN|postgres/i);
    expect(server.logOf(problem.requestId)).toMatchObject([{ code: 'server.unavailable' }]);
    proxy.setMode('pass');
    expect((await fetch(`${server.url}/api/catalog/sources`)).status).toBe(200);
  });

  it('what is in memory is answered as ever', async () => {
    proxy.setMode('refuse');
    expect((await fetch(`${server.url}/api/catalog/entity-facets?facet=kind`)).status).toBe(200);
    expect((await fetch(`${server.url}/api/portal`)).status).toBe(200);
    proxy.setMode('pass');
  });
});

describe('a server that starts before its database', () => {
  it('is alive, not ready, and says that the catalog is not there yet instead of showing an empty one', async () => {
    proxy.setMode('refuse');
    await using early = await startTestServer({ databaseUrl: proxy.url });
    expect((await fetch(`${early.url}/livez`)).status).toBe(200);
    const answer = await fetch(`${early.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      checks: { catalog: { ready: false, reason: expect.stringContaining('loading') } },
    });
    await expectProblem(await fetch(`${early.url}/api/catalog/entities/by-query`), 'catalog.not-ready');
    proxy.setMode('pass');
    await expect.poll(async () => (await fetch(`${early.url}/readyz`)).status, { timeout: 5_000 }).toBe(200);
    expect((await fetch(`${early.url}/api/catalog/entities/by-query`)).status).toBe(200);
  });
});
