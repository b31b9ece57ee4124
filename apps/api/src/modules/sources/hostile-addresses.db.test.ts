import { lookup, type LookupAddress } from 'node:dns';
import { lookup as lookupLater } from 'node:dns/promises';
import { listSourceProblems, type Source, type SourceProblem } from '@waymark/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendJson } from '../../testing/json-request.ts';
import { startListeningHost, type ListeningHost } from '../../testing/listening-host.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';

/** Ways into the network of the server: spellings of inside addresses, and names that lead to them. */

// The resolver is the one part of the network that a test has to own; connections are real.
vi.mock('node:dns', async (original) => ({ ...(await original<object>()), lookup: vi.fn() }));
vi.mock('node:dns/promises', async (original) => ({ ...(await original<object>()), lookup: vi.fn() }));

const given = useUrlSources();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const GITLAB = 'https://gitlab.com/acme/shop/-/blob/main';
let inside: ListeningHost;

beforeAll(async () => {
  inside = await startListeningHost();
  inside.answer = (_, response) => response.end(componentYaml('secret'));
});
afterAll(() => inside[Symbol.asyncDispose]());
beforeEach(() => {
  resolveTo(() => ['127.0.0.1']);
  inside.requests.length = 0;
});

/** What every name leads to, by how often it was asked before. */
function resolveTo(addressesOf: (asked: number) => string[]): string[] {
  const asked: string[] = [];
  const next = (hostname: string): LookupAddress[] => {
    asked.push(hostname);
    return addressesOf(asked.length - 1).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
  };
  // Only the forms that the server uses: all addresses, by callback and by promise.
  vi.mocked(lookup as (...args: unknown[]) => void).mockImplementation((hostname, _options, callback) =>
    (callback as (error: null, addresses: LookupAddress[]) => void)(null, next(hostname as string)),
  );
  vi.mocked(lookupLater as (...args: unknown[]) => unknown).mockImplementation(async (hostname) =>
    next(hostname as string),
  );
  return asked;
}

/** Loopback and what else lies inside, in every spelling that a URL parser or a resolver takes. */
const insideHosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001'],
  ...['0', '0.0.0.0', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    '127\u30020\u30020\u30021',
    '%31%32%37.0.0.1',
    '169.254.169.254',
  ],
  ...['[fd00::1]', '[fe80::1]', '[::ffff:a9fe:a9fe]', '[64:ff9b::7f00:1]', '[64:ff9b::a9fe:a9fe]'],
  ...['\u2460\u2461\u2466.\u24EA.\u24EA.\u2460', '100.64.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1'],
  ...['[2002:7f00:1::]', '224.0.0.1', '255.255.255.255'],
];

describe('an inside address that the operator did not list', () => {
  it('is refused in every spelling by whoever takes a URL, before anything is asked', async () => {
    const doors = [
      ['sources', (target: string) => ({ target })],
      ['sources/analyze', (target: string) => ({ target })],
      ['sources/analyze', (target: string) => ({ target, type: 'git' })],
      ['locations?dryRun=true', (target: string) => ({ type: 'url', target })],
      ['analyze-location', (target: string) => ({ location: { type: 'url', target } })],
    ] as const;
    const answers: unknown[] = [];
    for (const host of insideHosts) {
      for (const [path, bodyOf] of doors) {
        const body = JSON.stringify(bodyOf(`http://${host}:${inside.port}/a.yaml`));
        const { status, code } = await sendJson(given.harness.app, 'POST', `/api/catalog/${path}`, body);
        if (status !== 400 || code !== 'catalog.source-not-allowed') answers.push([host, path, status, code]);
      }
    }
    expect(answers).toEqual([]);
    expect(inside.requests).toEqual([]);
  });

  it('is refused as source, as target of a Location, and as placeholder', async () => {
    const urls = insideHosts.map((host) => `http://${host}:${inside.port}/a.yaml`);
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': [
        ...urls.map((url, at) => locationYaml(`l${at}`, [url]).replace('type: file', 'type: url')),
        ...urls.map((url, at) => componentYaml(`p${at}`, [`facts: { $text: ${JSON.stringify(url)} }`])),
        componentYaml('good'),
      ].join('---\n'),
    };
    const ids = await given.declare(`${GITHUB}/all.yaml`, ...urls);
    const [first, ...others] = await readAll(ids);
    expect(first).toMatchObject({ state: 'ready' });
    expect((await given.names()).filter((name) => !/^l\d+$/.test(name))).toEqual(['good']);
    const { items } = await given.harness.api.call(listSourceProblems, {
      params: { id: ids[0] ?? '' },
      query: { level: 'error', limit: 500 },
    });
    expect(count(items, ({ code }) => code)).toEqual({
      'location.target-refused': urls.length,
      'entity.bad-placeholder': urls.length,
    });
    expect(count(others, ({ error }) => error?.code ?? '')).toEqual({
      'outbound.host-not-allowed': urls.length,
    });
    expect(inside.requests).toEqual([]);
  });
});

async function readAll(ids: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const id of ids) sources.push(await given.harness.read(id));
  return sources;
}

function count<Item extends Source | SourceProblem>(items: readonly Item[], keyOf: (item: Item) => string) {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

describe('a known name that leads inside', () => {
  it.each([
    ...[
      '127.0.0.1',
      '::1',
      '0.0.0.0',
      '::',
      '10.0.0.1',
      '169.254.169.254',
      '100.64.0.1',
      'fd00::1',
      'fe80::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::', '224.0.0.1'],
  ])('is not connected to, whether registered, looked at or cloned: %s', async (address) => {
    const asked = resolveTo(() => ['93.184.216.34', address]);
    given.hosts.repositories['acme/shop'] = { 'all.yaml': componentYaml('shop') };
    const target = 'https://raw.githubusercontent.com/acme/shop/main/all.yaml';
    expect((await given.readUrl(target)).source).toMatchObject({
      state: 'failed',
      error: { code: 'outbound.private-address' },
    });
    const looked = await sendJson(
      given.harness.app,
      'POST',
      '/api/catalog/sources/analyze',
      JSON.stringify({ target }),
    );
    expect([looked.status, looked.code]).toEqual([400, 'catalog.source-not-allowed']);
    const body = JSON.stringify({ target: 'https://codeload.github.com/acme/shop.git', type: 'git' });
    const cloned = await sendJson(given.harness.app, 'POST', '/api/catalog/sources/analyze', body);
    expect([cloned.status, cloned.code]).toEqual([400, 'catalog.source-not-allowed']);
    expect(asked).toEqual([
      ...['raw.githubusercontent.com', 'raw.githubusercontent.com', 'codeload.github.com'],
    ]);
  });

  it('and was public when it was asked first is asked once for a connection, and judged anew for the next', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const shorter = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(300));
    // Nobody answers for this test at the public address: no connection, or none in time.
    const asked = resolveTo((before) => (before === 0 ? ['93.184.216.34'] : ['127.0.0.1']));
    const target = 'https://raw.githubusercontent.com/acme/shop/main/all.yaml';
    const { id, source } = await given.readUrl(target);
    shorter.mockRestore();
    expect(['outbound.timeout', 'outbound.unreachable']).toContain(source.error?.code);
    expect(asked).toHaveLength(1);
    expect((await given.harness.read(id)).error?.code).toBe('outbound.private-address');
    expect(asked).toHaveLength(2);
  });
});

describe('a token', () => {
  it('goes to the API of its host and to nothing that looks like it', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': componentYaml('shop') };
    given.hosts.repositories['plain/files'] = { 'all.yaml': componentYaml('plain') };
    const page = 'acme/shop/blob/main/all.yaml';
    const lookalikes = [
      ...[`https://github.com.evil.example/${page}`, `https://github.com:8443/${page}`],
      ...[`https://github.com@evil.example/${page}`, 'https://api.github.com@evil.example/all.yaml'],
      ...[`https://evil.example/github.com/${page}`, 'https://evil.example#github.com'],
      ...[`https://user:pw@github.com/${page}`, `https://g\u0456thub.com/${page}`],
      ...['https://github.com\\@evil.example/all.yaml', 'https://github.com%2eevil.example/all.yaml'],
      ...['https://github.com%00.evil.example/all.yaml', `http://${given.hosts.host}/files/all.yaml`],
      `http://${given.hosts.host}/files/../githubber/all.yaml`,
    ];
    const ids = await given.declare(...lookalikes, `${GITHUB}/all.yaml`, `${GITLAB}/all.yaml`);
    await readAll(ids);
    const told = given.hosts.requests.map(({ url, headers }) => [
      ...[url.replace(/\?.*/, ''), headers.authorization, headers['private-token']],
    ]);
    expect(told).toEqual([
      ['/files/all.yaml', undefined, undefined],
      // Below no API of ours, though on its host.
      ['/githubber/all.yaml', undefined, undefined],
      ['/github/repos/acme/shop/contents/all.yaml', 'Bearer github-secret', undefined],
      ['/gitlab/api/v4/projects/acme%2Fshop/repository/files/all.yaml/raw', undefined, 'gitlab-secret'],
    ]);
  });
});
