import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { useTestDatabase } from '@waymark/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../../testing/problem-answer.ts';
import { sendRaw, startTestServer, type TestServer } from '../../testing/test-server.ts';

const INDEX = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>Portal</title>';
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(3_000))})`;
const database = useTestDatabase();
let portal: string;
let server: TestServer;

beforeAll(async () => {
  portal = mkdtempSync(path.join(tmpdir(), 'waymark-portal-'));
  mkdirSync(path.join(portal, 'assets'));
  for (const [name, content] of Object.entries({
    'index.html': INDEX,
    '.inputs': 'stamp of the build',
    'favicon.svg': '<svg/>',
    'assets/app-1a2b.js': SCRIPT,
    'assets/app-1a2b.js.br': brotliCompressSync(SCRIPT),
    'assets/app-1a2b.js.gz': gzipSync(SCRIPT),
  })) {
    writeFileSync(path.join(portal, name), content);
  }
  server = await startTestServer({
    databaseUrl: database().url,
    portalDirectory: portal,
    extend(app) {
      app.get('/api/test/bug', { config: { permission: 'public' } }, async () => {
        throw new Error('a bug');
      });
    },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(portal, { recursive: true });
});

function directivesOf(answer: Response): Map<string, string[]> {
  const policy = answer.headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split(';').map((directive): [string, string[]] => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

const KINDS_OF_ANSWERS = [
  ['GET', '/', 200],
  ['GET', '/catalog', 200],
  ['GET', '/assets/app-1a2b.js', 200],
  ['GET', '/favicon.svg', 200],
  ['HEAD', '/catalog', 200],
  ['HEAD', '/favicon.svg', 200],
  ['GET', '/api/portal', 200],
  ['HEAD', '/api/portal', 200],
  ['GET', '/api/nothing', 404],
  ['GET', '/missing.js', 404],
  ['GET', '/assets/missing.js', 404],
  ['POST', '/', 404],
  ['OPTIONS', '/', 404],
  ['GET', '/api/catalog/sources?limit=0', 400],
  ['GET', '/api/test/bug', 500],
  ['GET', '/livez', 200],
  ['GET', '/readyz', 200],
  ['GET', '/metrics', 200],
  ['GET', '/api/openapi.json', 200],
  ['GET', '/api/docs/', 200],
  ['GET', '/api/docs/static/swagger-ui.css', 200],
  ['GET', '/api/docs/static/missing.css', 404],
] as const;

describe('every answer', () => {
  it.each(KINDS_OF_ANSWERS)('carries the security headers: %s %s', async (method, target, status) => {
    const answer = await fetch(server.url + target, { method });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answer.headers.has('x-powered-by')).toBe(false);
    expect(answer.headers.has('server')).toBe(false);
    if (target.startsWith('/api/') && !target.startsWith('/api/docs')) {
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each(KINDS_OF_ANSWERS)(
    'has a policy under which nothing foreign runs: %s %s',
    async (method, target) => {
      const directives = directivesOf(await fetch(server.url + target, { method }));
      expect(directives.get('default-src')).toEqual(["'none'"]);
      expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
      for (const [name, sources] of directives) {
        for (const source of sources) {
          const isPicture = name === 'img-src' && (source === 'https:' || source === 'data:');
          expect([name, source, isPicture || /^'(none|self|nonce-[\w+/=]{22,})'$/.test(source)]).toEqual([
            name,
            source,
            true,
          ]);
        }
      }
      expect(directives.get('script-src') ?? []).not.toContainEqual(expect.stringContaining('nonce'));
    },
  );

  it('has a request id of its own, which no caller can choose', async () => {
    const headers = { 'x-request-id': 'chosen', 'request-id': 'chosen' };
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${server.url}/livez`, { headers })));
    const ids = answers.map((answer) => answer.headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain('chosen');
  });
});

describe('a page of the portal', () => {
  it.each(['/', '/catalog?filter=a', '/catalog/default/component/my.name', '/no/such/page', '/apiary'])(
    'is answered for %s, with a nonce of its own in text and policy',
    async (target) => {
      const answers = await Promise.all([fetch(server.url + target), fetch(server.url + target)]);
      const nonces = await Promise.all(
        answers.map(async (answer) => {
          expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
          expect(answer.headers.get('cache-control')).toBe('no-store');
          const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1];
          expect(directivesOf(answer).get('style-src')).toEqual(["'self'", `'nonce-${nonce ?? ''}'`]);
          return nonce;
        }),
      );
      expect(new Set(nonces).size).toBe(2);
    },
  );

  it.each([
    '/api',
    '/api/',
    '/api/catalog',
    '/assets/none',
    '/metrics/x',
    '/livez/x',
    '/wp-login.php',
    '/.env',
    '/.inputs',
    '/index.html',
  ])('is not answered for %s', async (target) => {
    await expectProblem(await fetch(server.url + target), 'route.not-found');
  });

  it('is a page only for those who read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      await expectProblem(await fetch(`${server.url}/catalog`, { method }), 'route.not-found');
    }
  });
});

describe('a file of the portal', () => {
  it('is kept for ever when its name has its digest, else asked for again', async () => {
    const hashed = await fetch(`${server.url}/assets/app-1a2b.js`);
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await hashed.text()).toBe(SCRIPT);
    const plain = await fetch(`${server.url}/favicon.svg`);
    expect(plain.headers.get('cache-control')).toBe('no-cache');
    // Not by fetch, which would ask that no cache be used.
    const head = `GET /favicon.svg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
    const again = await sendRaw(server.port, `${head}If-None-Match: ${plain.headers.get('etag') ?? ''}`);
    expect(again.status).toBe(304);
  });

  it.each(['br', 'gzip'])('is sent as it was compressed beforehand: %s', async (encoding) => {
    const { promise, resolve, reject } = Promise.withResolvers<{
      encoding: unknown;
      vary: unknown;
      bytes: number;
    }>();
    const headers = { 'accept-encoding': encoding };
    request(`${server.url}/assets/app-1a2b.js`, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () =>
        resolve({ encoding: answer.headers['content-encoding'], vary: answer.headers.vary, bytes }),
      );
    })
      .on('error', reject)
      .end();
    const found = await promise;
    expect(found).toMatchObject({ encoding, vary: expect.stringMatching(/accept-encoding/i) });
    const compressed = encoding === 'br' ? brotliCompressSync(SCRIPT) : gzipSync(SCRIPT);
    expect(found.bytes).toBe(compressed.length);
  });

  it.each([
    '/assets/../../../../etc/passwd',
    '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..\\..\\..\\etc\\passwd',
    '//etc/passwd',
    '/assets//etc/passwd',
    '/assets/app-1a2b.js%00.css',
    '/assets/',
    '/assets/app-1a2b.js.br',
    'file:///etc/passwd',
  ])('is never one outside of the build: %s', async (target) => {
    const answer = await sendRaw(
      server.port,
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close`,
    );
    expect(answer.body).not.toMatch(/root:|console\.log/);
    expect([400, 404].includes(answer.status) || answer.body.includes('<title>Portal</title>')).toBe(true);
  });
});
