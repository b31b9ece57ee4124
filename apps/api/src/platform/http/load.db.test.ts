import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectProblem } from '../../testing/problem-answer.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

/** Before anything else is imported: the plug-in takes hold of Node's function when it is loaded. */
const eventLoop = vi.hoisted(() => {
  const state = { delayMs: 0 };
  const hooks = process.getBuiltinModule('node:perf_hooks');
  const original = hooks.monitorEventLoopDelay;
  hooks.monitorEventLoopDelay = (options) => {
    const histogram = original(options);
    Object.defineProperty(histogram, 'mean', { get: () => (10 + state.delayMs) * 1e6 });
    return histogram;
  };
  return state;
});

const LARGE = JSON.stringify({ text: 'waymark '.repeat(1_000) });
const database = useTestDatabase();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    databaseUrl: database().url,
    extend(app) {
      const config = { permission: 'public' };
      app.get('/api/test/large', { config }, (_, reply) => reply.type('application/json').send(LARGE));
      app.get('/api/test/small', { config }, (_, reply) => reply.type('application/json').send('{}'));
      app.get('/api/test/:name', { config }, async () => ({}));
    },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

/** The body as it came over the wire; fetch would unpack it. */
function getPacked(path: string, acceptEncoding: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    encoding: unknown;
    vary: unknown;
    body: Buffer;
  }>();
  request(server.url + path, { headers: { 'accept-encoding': acceptEncoding } }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const { vary, 'content-encoding': encoding } = answer.headers;
      resolve({ encoding, vary, body: Buffer.concat(chunks) });
    });
  })
    .on('error', reject)
    .end();
  return promise;
}

describe('compression', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('packs a large answer as the client asks: %s', async (encoding, unpack) => {
    const answer = await getPacked('/api/test/large', encoding);
    expect(answer).toMatchObject({ encoding, vary: expect.stringMatching(/accept-encoding/i) });
    expect(answer.body.length).toBeLessThan(LARGE.length / 10);
    expect(unpack(answer.body).toString()).toBe(LARGE);
  });

  it.each([
    ['a small answer', '/api/test/small', 'br, gzip'],
    ['for a client that asks for nothing', '/api/test/large', 'identity'],
    ['for a client that asks for what nobody has', '/api/test/large', 'zstd-of-tomorrow'],
  ])('leaves alone %s', async (_, path, acceptEncoding) => {
    const { encoding, body } = await getPacked(path, acceptEncoding);
    expect(encoding).toBeUndefined();
    expect(body.toString()).toMatch(/^\{.*\}$/);
  });
});

describe('/metrics', () => {
  it('is Prometheus text with a histogram by route, not by URL', async () => {
    for (const id of ['11', '22', '33']) await fetch(`${server.url}/api/catalog/sources/${id}`);
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toMatch(/^# TYPE process_resident_memory_bytes gauge$/m);
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{.*route="\/api\/catalog\/sources\/:id".*\} 3$/m,
    );
    expect(text).not.toContain('sources/22');
  });

  it('does not grow with paths that nobody knows', async () => {
    const seriesCount = async () => (await (await fetch(`${server.url}/metrics`)).text()).split('\n').length;
    await fetch(`${server.url}/api/unknown`);
    const before = await seriesCount();
    for (let index = 0; index < 30; index += 1) await fetch(`${server.url}/api/unknown-${index}`);
    expect((await seriesCount()) - before).toBeLessThan(30);
    expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain('unknown-7');
  });
});

describe('under pressure', () => {
  it('the server asks to come back later, yet says that it lives and what it measures, until it is over', async () => {
    const sources = () => fetch(`${server.url}/api/catalog/sources`);
    eventLoop.delayMs = 5_000;
    await expect.poll(async () => (await sources()).status, { timeout: 5_000 }).toBe(503);
    const answer = await sources();
    expect(answer.headers.get('retry-after')).toBe('2');
    await expectProblem(answer, 'server.overloaded');
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    eventLoop.delayMs = 0;
    await expect.poll(async () => (await sources()).status, { timeout: 5_000 }).toBe(200);
  });
});
