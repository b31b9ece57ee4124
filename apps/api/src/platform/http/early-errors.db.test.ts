import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemCodes, problemSchema, type ProblemCode } from '@waymark/contracts';
import { expectProblem } from '../../testing/problem-answer.ts';
import { sendRaw, startTestServer, type RawAnswer, type TestServer } from '../../testing/test-server.ts';

/** How soon a request that does not end is cut, where the server itself would wait half a minute. */
const SHORT_TIMEOUT_MS = 150;
const database = useTestDatabase();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    databaseUrl: database().url,
    extend(app) {
      expect(app.server.requestTimeout).toBe(30_000);
      app.server.requestTimeout = SHORT_TIMEOUT_MS;
      app.server.headersTimeout = SHORT_TIMEOUT_MS;
      // Read by Node when the server begins to listen; its types do not know it.
      Object.assign(app.server, { connectionsCheckingInterval: SHORT_TIMEOUT_MS });
      app.get('/api/test/echo', { config: { permission: 'public' } }, async ({ query }) => ({ query }));
    },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

function expectRawProblem(answer: RawAnswer, code: ProblemCode): void {
  expect(answer.status).toBe(problemCodes[code].status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(problemSchema.parse(JSON.parse(answer.body))).toMatchObject({
    code,
    status: problemCodes[code].status,
  });
}

const get = (target: string | Buffer, headers = '') =>
  sendRaw(
    server.port,
    Buffer.concat([
      Buffer.from('GET '),
      Buffer.from(target),
      Buffer.from(` HTTP/1.1\r\nHost: localhost\r\nConnection: close${headers}`),
    ]),
  );

describe('a path that no URL may have', () => {
  it.each(['/api/%', '/api/%zz', '/api/catalog/sources/%c0%ae', '/api/catalog/sources/%ff', '/%e2%28%a1'])(
    'is refused like any bad request: %s',
    async (path) => {
      expectRawProblem(await get(path), 'request.refused');
    },
  );

  it('is refused when a part of it is longer than any name', async () => {
    expectRawProblem(await get(`/api/catalog/sources/${'1'.repeat(400)}`), 'request.refused');
  });

  it.each([
    '/api/catalog/entities/by-name/component/default/%00',
    '/api/catalog/entities/by-name/component/default/a%00b',
    '/api/catalog/entities/by-name/component/default/a%0d%0aSet-Cookie:%20a=b',
    '/api/catalog/entities/by-name/component/default/%F0%9F%9A%80',
    '/api/catalog/entities/by-name/%2e%2e/%2e%2e/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/api/catalog/entities/by-name/__proto__/constructor/prototype',
    "/api/catalog/entities/by-name/component/default/'%3BDROP%20TABLE%20catalog_entity%3B--",
  ])('but one that decodes is only a name that nothing has: %s', async (path) => {
    for (const suffix of ['', '/origin']) {
      const { status, body } = await get(path + suffix);
      expect([400, 404]).toContain(status);
      expect(['request.invalid', 'route.not-found', 'catalog.entity-not-found']).toContain(
        problemSchema.parse(JSON.parse(body)).code,
      );
    }
  });

  it('nor does a NUL in a body reach the database', async () => {
    const answer = await fetch(`${server.url}/api/catalog/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ entityRef: 'component:default/a\0b' }),
    });
    await expectProblem(answer, 'request.invalid');
  });
});

describe('a query', () => {
  it.each([
    '__proto__=1',
    '__proto__[admin]=1',
    'constructor=1',
    'a[constructor][prototype][admin]=1',
    'a.prototype=1',
    'a=1&__proto__&b=2',
    '%5f_proto__=1',
  ])('with a name that reaches a prototype is refused: %s', async (query) => {
    await expectProblem(await fetch(`${server.url}/api/test/echo?${query}`), 'request.invalid');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each(['a=__proto__', 'a=%00', 'a=%zz', 'a=%ff', '&&&==&', 'a='.repeat(2_000)])(
    'of any form is harmless: %.60s',
    async (query) => {
      const answer = await fetch(`${server.url}/api/test/echo?${query}`);
      expect(answer.status).toBe(200);
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    },
  );

  it.each(['filter', 'facet', 'orderField', 'fullTextFilterTerm', 'fields', 'cursor', 'offset', 'limit'])(
    'with hostile text in %s is answered or refused, and never a fault of ours',
    async (name) => {
      for (const value of [
        '%00',
        '__proto__',
        'a=%00',
        '%F0%9F%9A%80',
        "'--",
        '=',
        ',',
        '{"$ne":1}',
        '-1',
        '1e9',
        'NaN',
      ]) {
        for (const path of [
          'entities/by-query?',
          'entity-facets?facet=kind&',
          'sources?',
          'sources/1/problems?',
        ]) {
          const answer = await fetch(`${server.url}/api/catalog/${path}${name}=${value}`);
          expect([path, name, value, [200, 400, 404].includes(answer.status)]).toEqual([
            path,
            name,
            value,
            true,
          ]);
        }
      }
    },
  );
});

describe('bytes that are no HTTP request', () => {
  it.each([
    ['no request line', 'hello'],
    ['an unknown version', 'GET / HTTP/9.9\r\nHost: localhost'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: localhost\r\nnonsense'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nA: b\0c'],
    ['two lengths', 'POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2'],
    [
      'a length and chunks',
      'POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked',
    ],
    ['a negative length', 'POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1'],
    ['an obsolete folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c'],
  ])('are refused and the connection is closed: %s', async (_, head) => {
    const answer = await sendRaw(server.port, head);
    expectRawProblem(answer, 'request.refused');
  });

  it('are refused when the headers are larger than any client sends', async () => {
    const answer = await get('/livez', `\r\nX-Large: ${'x'.repeat(64 * 1024)}`);
    expectRawProblem(answer, 'request.refused');
    expect(answer.body).toContain('headers are too large');
  });
});

describe('a request that does not end', () => {
  it.each([
    ['in its headers', 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Never', undefined],
    [
      'in its body',
      'POST /api/catalog/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100',
      '{"entity',
    ],
    [
      'in its chunks',
      'POST /api/catalog/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked',
      '5\r\n{"ent\r\n',
    ],
  ])('is cut off %s', async (_, head, body) => {
    const answer = body === undefined ? await sendUnfinished(head) : await sendRaw(server.port, head, body);
    expectRawProblem(answer, 'request.timeout');
  });

  it('does not hold up the others', async () => {
    const hanging = sendUnfinished('GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Never');
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await hanging;
  });
});

/** A head without the line that ends it. */
function sendUnfinished(head: string): Promise<RawAnswer> {
  return sendRaw(server.port, head, '', { isUnfinished: true });
}

describe('the log', () => {
  it('holds one line of JSON for a request, whatever it carries', async () => {
    const forged = '%0a{"level":60,"msg":"forged"}%1b[31m';
    const answer = await fetch(`${server.url}/api/catalog/entities/by-name/component/default/${forged}`, {
      headers: { 'user-agent': '{"level":60,"msg":"forged"}', 'x-request-id': 'forged' },
    });
    const { requestId } = await expectProblem(answer, 'catalog.entity-not-found');
    expect(requestId).not.toContain('forged');
    await get(Buffer.from('/api/\x1b[31m{"level":60}'));
    for (const line of server.logText().trim().split('\n')) {
      const { level, msg } = JSON.parse(line) as { level: number; msg: string };
      expect([level, msg]).not.toContain(60);
      expect(msg).not.toBe('forged');
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});
