import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { listSourceProblems } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startListeningHost, type ListeningHost } from '../../testing/listening-host.ts';
import { componentYaml, makeSourceFolder } from '../../testing/source-folder.ts';

/** Placeholders that lead where nobody may look, or to hosts that answer to do harm. */

const database = useTestDatabase();
let home: string;
let host: ListeningHost;
let inside: ListeningHost;
let harness: CatalogHarness;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  host = await startListeningHost();
  inside = await startListeningHost();
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: { backend: { reading: { allow: [{ host: host.host }] } } },
  });
  host.answer = (request, response) => (answers[request.url ?? ''] ?? notFound)(request, response);
  inside.answer = (_, response) => response.end('secret');
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  await inside[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
afterEach(async () => {
  vi.restoreAllMocks();
  host.requests.length = 0;
  await harness.declare([]);
});

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
const redirectTo = (location: () => string) => (_: unknown, response: ServerResponse) =>
  response.writeHead(302, { location: location() }).end();
const text =
  (body: string | Buffer, headers = {}) =>
  (_: unknown, response: ServerResponse) =>
    response.writeHead(200, headers).end(body);
const notFound: RequestListener = (_, response) => response.writeHead(404).end();

/** Writes for as long as somebody reads. */
const writeOn = (chunk: string, everyMs: number) => (_: unknown, response: ServerResponse) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(chunk), everyMs);
  response.on('close', () => clearInterval(timer));
};

const answers: Record<string, RequestListener> = {
  '/good': text('"good"'),
  '/endless': writeOn('x'.repeat(1024 * 1024), 1),
  '/gigabyte': (_, response) => {
    response.writeHead(200, { 'content-length': 1024 ** 3 });
    response.write('x');
  },
  '/bomb': text(bomb, { 'content-encoding': 'gzip' }),
  '/bombs': text(gzipSync(bomb), { 'content-encoding': 'gzip, gzip' }),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{');
    setImmediate(() => response.destroy());
  },
  '/bytes': text(Buffer.from([0xff, 0xfe, 0x00])),
  '/password': (_, response) => response.writeHead(401).end('secret'),
  '/inside': redirectTo(() => `http://${inside.host}/`),
  '/file': redirectTo(() => 'file:///etc/passwd'),
  '/round': redirectTo(() => '/round'),
  '/drip': writeOn('x', 20),
  '/silent': () => {},
  '/no-json': text('{"a": 1,}'),
  '/two-documents': text('a: 1\n---\nb: 2\n'),
  '/aliases': text(`a: &a x\nb: [${Array(100_001).fill('*a').join()}]\n`),
  '/deep': text('['.repeat(10_000) + ']'.repeat(10_000)),
  '/function': text('!!js/function "x"'),
  '/twice': text('{"a": 1, "a": 2}'),
  '/number': text('{"a": 12345678901234567890}'),
  '/infinite': text('{"a": 1e400}'),
  '/prototype': text('{"__proto__": {"admin": true}}'),
};

const LINE = 9;
const api = (index: number, key: string, target: string) =>
  componentYaml(`api-${index}`, [`facts: { ${key}: ${JSON.stringify(target)} }`]);

interface Placeholder {
  key: string;
  target: string;
}

/** Reads a folder of these placeholders, which held good ones before; resolves to the errors by document. */
async function readInPlaceOfGood(placeholders: readonly Placeholder[], prepare = () => {}) {
  await using folder = await makeSourceFolder();
  const write = (all: readonly Placeholder[]) =>
    folder.write(
      'all.yaml',
      [...all.map(({ key, target }, at) => api(at, key, target)), componentYaml('plain')].join('---\n'),
    );
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await write(placeholders.map(({ key }) => ({ key, target: `http://${host.host}/good` })));
  expect((await harness.read(id)).counts).toMatchObject({ entities: placeholders.length + 1, errors: 0 });
  prepare();
  await write(placeholders);
  expect(await harness.read(id)).toMatchObject({
    state: 'ready',
    counts: { entities: placeholders.length + 1 },
  });
  const { items } = await harness.api.call(listSourceProblems, { params: { id }, query: { limit: 500 } });
  const kept = [];
  for (const at of placeholders.keys()) {
    kept.push((await harness.entity('component', `api-${at}`))?.spec?.['facts']);
  }
  return { errors: items.filter(({ level }) => level === 'error'), kept };
}

function expectRefused(
  placeholders: readonly Placeholder[],
  { errors, kept }: Awaited<ReturnType<typeof readInPlaceOfGood>>,
): void {
  expect(errors.map(({ code, line, entityRef }) => [code, line, entityRef])).toEqual(
    placeholders.map(({ target }, at) => [
      target.endsWith('/prototype') ? 'yaml.forbidden-key' : 'entity.bad-placeholder',
      at * (LINE + 1) + LINE,
      `component:default/api-${at}`,
    ]),
  );
  expect(kept).toEqual(placeholders.map(({ key }) => (key === '$text' ? '"good"' : 'good')));
  for (const { message, hint } of errors) {
    expect(message).not.toMatch(/secret|root:/);
    expect(hint).toMatch(/\w{3}/);
  }
}

describe.each(['$text', '$json', '$yaml'])('a placeholder %s', (key) => {
  it('to what may not be read is an error of its line, nothing is asked, and the last good value stays', async () => {
    const targets = [
      ...['file:///etc/passwd', 'gopher://127.0.0.1/', 'data:text/plain,hello', 'ftp://x.example/'],
      ...['javascript:alert(1)', 'https://evil.example/a', `https://${host.host}@evil.example/a`],
      ...[`http://user:secret@${host.host}/good`, `http://${host.host}.evil.example/good`],
      ...[`http://${inside.host}/`, `http://localhost:${inside.port}/`, `http://127.1:${inside.port}/`],
      ...[`http://0x7f000001:${inside.port}/`, `http://[::ffff:127.0.0.1]:${inside.port}/`],
      ...[
        'http://169.254.169.254/latest/meta-data',
        '/etc/passwd',
        '../../../../etc/passwd',
        '..%2f..%2fetc/passwd',
      ],
      ...['//evil.example/a', '\\\\evil.example\\a', `//${host.host}/good`, '', '%', '?', '#'],
      ...[
        'http://[',
        'https://%',
        'http://a b/',
        'http://',
        `http://${host.host}/*`,
        `http://${host.host}/%zz`,
      ],
    ];
    const placeholders = targets.map((target) => ({ key, target }));
    expectRefused(placeholders, await readInPlaceOfGood(placeholders, () => host.requests.splice(0)));
    expect([host.requests, inside.requests]).toEqual([[], []]);
  });

  it('to a host that answers to do harm is an error within the bounds', async () => {
    const harms = [
      'endless',
      'gigabyte',
      'bomb',
      'bombs',
      'cut',
      'bytes',
      'password',
      'inside',
      'file',
      'round',
    ];
    const formats = {
      $text: [],
      $json: ['no-json', 'deep', 'twice', 'number', 'infinite', 'prototype', 'aliases', 'function'],
      $yaml: ['two-documents', 'deep', 'twice', 'number', 'infinite', 'prototype', 'aliases', 'function'],
    };
    const placeholders = [...harms, ...(formats[key as keyof typeof formats] ?? [])].map((name) => ({
      ...{ key, target: `http://${host.host}/${name}` },
    }));
    expectRefused(placeholders, await readInPlaceOfGood(placeholders));
    expect(inside.requests).toEqual([]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

it('that waits for a host which never comes to an end is given up', async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const bounds = vi.spyOn(AbortSignal, 'timeout');
  const placeholders = ['drip', 'silent'].map((name) => ({
    key: '$text',
    target: `http://${host.host}/${name}`,
  }));
  const outcome = await readInPlaceOfGood(placeholders, () => bounds.mockImplementation(() => timeout(200)));
  expectRefused(placeholders, outcome);
  for (const { message } of outcome.errors) expect(message).toContain('30 seconds');
  expect(new Set(bounds.mock.calls.flat())).toEqual(new Set([30_000]));
});
