import { request as httpRequest } from 'node:http';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectProblem } from '../../testing/problem-answer.ts';
import { sendRaw, startTestServer, type TestServer } from '../../testing/test-server.ts';
import { AppError } from '../errors/app-error.ts';

const SECRET = 'postgresql://admin:hunter2@db.internal/waymark';
const database = useTestDatabase();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    databaseUrl: database().url,
    extend(app) {
      const config = { permission: 'public' };
      app.get('/api/test/bug', { config }, async () => {
        throw new TypeError(`cannot reach ${SECRET}`);
      });
      app.get('/api/test/text', { config }, async () => {
        throw SECRET as unknown as Error; // what a careless library may do
      });
      app.get('/api/test/nothing', { config }, async () => {
        throw undefined as unknown as Error;
      });
      app.get('/api/test/status', { config }, async () => {
        throw Object.assign(new Error(SECRET), { statusCode: 418, code: 'SOME_LIBRARY' });
      });
      app.get('/api/test/refused', { config }, async () => {
        throw Object.assign(new Error(SECRET), { code: 'ECONNREFUSED' });
      });
      app.get('/api/test/app-error', { config }, async () => {
        throw new AppError('catalog.source-not-found', 'Look at the list.', { cause: new Error(SECRET) });
      });
      app.get(
        '/api/test/malformed',
        { config, schema: { response: { 200: z.object({ count: z.int() }) } } },
        (_, reply) => reply.send({ count: SECRET }),
      );
      app.get('/api/test/late', { config }, (_, reply) => {
        reply.hijack();
        reply.raw.writeHead(200).write('half');
        reply.raw.destroy();
      });
    },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const REFRESH = '/api/catalog/refresh';

function post(
  body: RequestInit['body'],
  contentType: string | undefined = 'application/json',
  path = REFRESH,
) {
  return fetch(server.url + path, {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
    ...(contentType === '' ? {} : { headers: { 'content-type': contentType } }),
  });
}

describe('the door of errors that are thrown on purpose', () => {
  it('tells code and detail, and nothing of the cause', async () => {
    const problem = await expectProblem(
      await fetch(`${server.url}/api/test/app-error`),
      'catalog.source-not-found',
    );
    expect(problem.detail).toBe('Look at the list.');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});

describe('the door of requests that do not fit the contract', () => {
  it.each([
    ['/api/catalog/sources?limit=0', 'query'],
    ['/api/catalog/sources?limit=99999', 'query'],
    ['/api/catalog/sources?limit=ten', 'query'],
    ['/api/catalog/sources?limit=1&limit=2', 'query'],
    ['/api/catalog/sources/', 'params'],
    ['/api/catalog/sources/abc', 'params'],
    ['/api/catalog/sources/1e3', 'params'],
    ['/api/catalog/sources/99999999999999999999', 'params'],
    ['/api/catalog/entity-facets', 'query'],
    [`/api/catalog/entities/by-query?${'filter=a&'.repeat(51)}`, 'query'],
    [`/api/catalog/entities/by-query?fullTextFilterTerm=${'x'.repeat(501)}`, 'query'],
    [`/api/catalog/entities/by-query?cursor=${'x'.repeat(12_000)}x&limit=-1`, 'query'],
  ])('names what is wrong: %.80s', async (path, part) => {
    const problem = await expectProblem(await fetch(server.url + path), 'request.invalid');
    expect(problem.issues?.length).toBeGreaterThan(0);
    for (const issue of problem.issues ?? []) {
      expect(issue.path).toMatch(new RegExp(`^${part}`));
      expect(issue.message).toMatch(/\w{3}/);
    }
  });

  it.each([
    ['{}', 'a missing field'],
    ['{"entityRef": 1}', 'a wrong type'],
    ['{"entityRef": ""}', 'an empty text'],
    ['[]', 'a list'],
    ['null', 'null'],
    ['"component:default/a"', 'a text'],
  ])('names the part of the body: %s', async (body) => {
    const problem = await expectProblem(await post(body), 'request.invalid');
    expect(problem.issues?.[0]?.path).toMatch(/^body(\.\w+)*$/);
  });
});

describe("the door of Fastify's own refusals", () => {
  it.each([
    ['cut off', '{"entityRef": '],
    ['no JSON at all', 'entityRef=1'],
    ['empty', ''],
    ['with a byte order mark in the middle', '{"a":\uFEFF 1 x}'],
    ['that sets a prototype', '{"entityRef":"a","__proto__":{"admin":true}}'],
    [
      'that sets a prototype by the constructor',
      '{"entityRef":"a","constructor":{"prototype":{"admin":true}}}',
    ],
  ])('says that a body is no usable JSON: %s', async (_, body) => {
    await expectProblem(await post(body), 'request.not-json');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('says that a body of type %s is not taken, JSON or not', async (contentType) => {
    await expectProblem(
      await post('{"entityRef":"component:default/a"}', contentType),
      'request.unsupported-media-type',
    );
  });

  it('says that a body is too large, announced or not', async () => {
    const large = JSON.stringify({ entityRef: 'x'.repeat(1024 * 1024) });
    await expectProblem(await post(large), 'request.too-large');
    const head = `POST ${REFRESH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`;
    const answer = await sendRaw(
      server.port,
      `${head}Transfer-Encoding: chunked`,
      `${chunk.repeat(17)}0\r\n\r\n`,
    );
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('"code":"request.too-large"');
  });

  it('says that a body is missing where one is needed', async () => {
    await expectProblem(await post(undefined, ''), 'request.invalid');
  });
});

describe('the door of unknown routes', () => {
  it.each([
    ['GET', '/api/nothing'],
    ['GET', '/api/catalog/entities/by-name/component/default/a/b/c/d'],
    ['PUT', '/api/catalog/sources'],
    ['PATCH', '/api/catalog/sources/1'],
    ['PATCH', '/livez'],
    ['OPTIONS', '/api/catalog/sources'],
    ['GET', '/API/CATALOG/SOURCES'],
    ['GET', '/'],
    ['GET', '/index.html'],
  ])('says so for %s %s', async (method, path) => {
    const problem = await expectProblem(await fetch(server.url + path, { method }), 'route.not-found');
    expect(problem.detail).toContain(`${method} ${path}`);
  });

  it('repeats no query, which may hold a secret', async () => {
    const problem = await expectProblem(
      await fetch(`${server.url}/api/nothing?token=hunter2`),
      'route.not-found',
    );
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(server.logText()).not.toContain('hunter2');
  });
});

describe('everything else', () => {
  it.each(['bug', 'text', 'nothing', 'status', 'malformed'])(
    'is an unexpected error that tells nothing and is logged under its request: %s',
    async (name) => {
      const answer = await fetch(`${server.url}/api/test/${name}`);
      const problem = await expectProblem(answer, 'server.unexpected');
      expect(JSON.stringify([problem, ...answer.headers])).not.toMatch(/hunter2|TypeError|\.ts|stack/);
      expect(problem.detail).toContain(problem.requestId);
      const lines = server.logOf(problem.requestId);
      expect(lines).toMatchObject([{ level: 50, url: `/api/test/${name}`, code: 'server.unexpected' }]);
      if (name === 'bug')
        expect(lines[0]).toMatchObject({ err: { stack: expect.stringContaining('error-doors') } });
    },
  );

  it('says that the database is away when that is what happened, and when to come back', async () => {
    const answer = await fetch(`${server.url}/api/test/refused`);
    expect(answer.headers.get('retry-after')).toBe('2');
    const problem = await expectProblem(answer, 'server.unavailable');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('leaves the server standing when the connection is gone before the answer', async () => {
    await expect(fetch(`${server.url}/api/test/late`).then((answer) => answer.text())).rejects.toThrow();
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });
});

describe('an answer to HEAD', () => {
  it.each([
    ['/livez', 200],
    ['/api/nothing', 404],
    ['/api/catalog/sources?limit=0', 400],
    ['/api/test/bug', 500],
  ])('has the headers of GET and no body: %s', async (path, status) => {
    const { promise, resolve, reject } = Promise.withResolvers<{
      status?: number | undefined;
      bytes: number;
    }>();
    httpRequest(server.url + path, { method: 'HEAD' }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes }));
    })
      .on('error', reject)
      .end();
    expect(await promise).toEqual({ status, bytes: 0 });
  });
});
