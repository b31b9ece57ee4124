import { request } from 'node:http';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../../testing/problem-answer.ts';
import { sendRaw, startTestServer, type TestServer } from '../../testing/test-server.ts';

const BASE_URL = 'https://portal.example.com';
const database = useTestDatabase();
let server: TestServer;
let open: TestServer;

beforeAll(async () => {
  server = await startTestServer({ databaseUrl: database().url });
  open = await startTestServer({
    databaseUrl: database().url,
    config: { auth: { guest: false }, app: { title: 'Waymark', baseUrl: BASE_URL } },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await open[Symbol.asyncDispose]();
});

/** Unlike fetch this sends any header, `Host` and `Origin` too. */
function send(
  to: TestServer,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  request({ host: '127.0.0.1', port: to.port, method, path, headers }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const answered = Object.entries(answer.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: answered }));
    });
  })
    .on('error', reject)
    .end();
  return promise;
}

/** A request that would pass every guard but those under test: 404 says that it did. */
const CHANGE = ['POST', '/api/catalog/sources/999999/refresh'] as const;

describe('in guest mode', () => {
  it.each([
    ['the name of the page', 'localhost'],
    ['with a port', 'localhost:7100'],
    ['in capitals', 'LOCALHOST:7100'],
    ['an address', '127.0.0.1'],
    ['an IPv6 address', '[::1]:7100'],
  ])('the server answers to %s', async (_, host) => {
    expect((await send(server, 'GET', '/api/portal', { host })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    'evil.example#localhost',
    'evil.example?localhost',
    'evil.example\\@localhost',
    '0.0.0.0',
    '169.254.169.254',
    '[::ffff:7f00:1]',
    'localhost.',
    ':7100',
    'a b',
  ])('a page that was rebound to this machine gets nothing: Host %s', async (host) => {
    for (const path of ['/api/portal', '/livez', '/api/nothing', '/api/docs/', '/api/openapi.json']) {
      await expectProblem(await send(server, 'GET', path, { host }), 'request.unknown-host');
    }
  });

  it('no forwarded header stands in for the host', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' };
    await expectProblem(await send(server, 'GET', '/api/portal', headers), 'request.unknown-host');
  });

  it('a request without any host gets nothing', async () => {
    const answer = await sendRaw(server.port, 'GET /api/portal HTTP/1.0');
    expect(answer.status).toBe(421);
    expect(answer.body).not.toContain('Waymark"');
  });

  it('two hosts are a bad request, whichever comes first', async () => {
    for (const hosts of ['Host: localhost\r\nHost: evil.example', 'Host: evil.example\r\nHost: localhost']) {
      const answer = await sendRaw(server.port, `GET /api/portal HTTP/1.1\r\n${hosts}\r\nConnection: close`);
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('"code":"request.refused"');
    }
  });

  it('a credential is checked, not waved through: a caller who shows one is no guest', async () => {
    for (const authorization of ['Bearer x', 'Basic Og==', '']) {
      const answer = await send(server, 'GET', '/api/portal', { host: 'localhost', authorization });
      await expectProblem(answer, 'actor.unauthenticated');
    }
  });
});

describe('without guest mode', () => {
  it('any host is answered, and only what is public', async () => {
    expect((await send(open, 'GET', '/livez', { host: 'portal.internal' })).status).toBe(200);
    await expectProblem(
      await send(open, 'GET', '/api/portal', { host: 'localhost' }),
      'actor.unauthenticated',
    );
  });

  it('a stranger learns nothing from a bad request that a good one would not tell', async () => {
    for (const path of ['/api/catalog/sources?limit=0', '/api/catalog/sources/1', '/api/catalog/sources/x']) {
      await expectProblem(await fetch(open.url + path), 'actor.unauthenticated');
    }
    await expectProblem(
      await fetch(`${open.url}/api/catalog/refresh`, { method: 'POST' }),
      'actor.unauthenticated',
    );
  });
});

describe('a change', () => {
  const host = 'localhost:7100';

  it.each<[string, Record<string, string>]>([
    ['a script', {}],
    ['the portal', { origin: 'http://localhost:7100', 'sec-fetch-site': 'same-origin' }],
    [
      'the portal behind a proxy that speaks TLS',
      { origin: 'https://localhost:7100', 'sec-fetch-site': 'same-origin' },
    ],
    ['the address bar', { 'sec-fetch-site': 'none' }],
  ])('is taken from %s', async (_, headers) => {
    await expectProblem(await send(server, ...CHANGE, { host, ...headers }), 'catalog.source-not-found');
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a sandboxed frame of a new browser', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['another port in an old browser', { origin: 'http://localhost:3000' }],
    ['a name that begins like ours', { origin: 'http://localhost:7100.evil.example' }],
    ['a name that ends like ours', { origin: 'http://evil-localhost:7100' }],
    ['a page that hides where it is', { 'sec-fetch-site': 'cross-site' }],
    ['no site that a browser knows', { 'sec-fetch-site': 'invented' }],
    ['an extension', { origin: 'chrome-extension://abcdef' }],
    ['a file', { origin: 'file://' }],
    ['nowhere', { origin: '' }],
  ])('is refused from %s', async (_, headers) => {
    await expectProblem(await send(server, ...CHANGE, { host, ...headers }), 'request.cross-site');
  });

  it('is refused from another site on every path and by every method that changes', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
      for (const path of [
        '/api/catalog/refresh',
        '/api/catalog/entities/by-refs',
        '/api/nothing',
        '/livez',
      ]) {
        const answer = await send(server, method, path, { host, origin: 'https://evil.example' });
        await expectProblem(answer, 'request.cross-site');
      }
    }
  });

  it('is not reached by a harmless method that asks to be another', async () => {
    const headers = { host, origin: 'https://evil.example', 'x-http-method-override': 'POST' };
    await expectProblem(await send(server, 'GET', CHANGE[1], headers), 'route.not-found');
  });

  it('is taken at the public address, and from no other site of the same domain', async () => {
    const at = { host: 'portal.example.com' };
    await expectProblem(await send(open, ...CHANGE, { ...at, origin: BASE_URL }), 'actor.unauthenticated');
    for (const origin of [
      'https://example.com',
      'https://portal.example.com:8443',
      'https://portal.example.com.evil',
    ]) {
      await expectProblem(await send(open, ...CHANGE, { ...at, origin }), 'request.cross-site');
    }
  });
});

describe('other sites', () => {
  it('are never told that they may read an answer', async () => {
    for (const origin of ['null', 'https://evil.example', 'http://localhost:7100.evil.example']) {
      const answer = await send(server, 'GET', '/api/portal', { host: 'localhost:7100', origin });
      const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(allowed).toEqual([]);
    }
    const preflight = {
      host: 'localhost:7100',
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    };
    const answer = await send(server, 'OPTIONS', '/api/catalog/refresh', preflight);
    expect(answer.ok).toBe(false);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });
});
