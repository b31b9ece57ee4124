import { gzipSync } from 'node:zlib';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AllowedHost } from './allowed-hosts.ts';
import { OutboundError } from './outbound-error.ts';
import { createOutboundFetch, type OutboundFetchOptions } from './outbound-fetch.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}/`, requests };
}

const listed = (host: string, paths?: string[]): AllowedHost => ({
  ...{ host, paths, isPrivateAllowed: true, isPlainHttpAllowed: true },
});
/** Known, but not written down by the operator: only its public addresses count. */
const known = (host: string): AllowedHost => ({ host, isPrivateAllowed: false, isPlainHttpAllowed: true });

function fetchFrom(hosts: AllowedHost[], options: Partial<OutboundFetchOptions> = {}) {
  const fetch = createOutboundFetch({ hosts, timeoutMs: 20_000, ...options });
  closers.push(() => fetch.close());
  return fetch;
}

async function refusal(answer: Promise<Response>): Promise<string> {
  try {
    const { status } = await answer;
    return `answered ${status}`;
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    expect(error.message).toMatch(/ .*\.$/);
    expect(error.hint).toMatch(/ .*[.…]$/);
    return error.code;
  }
}

describe('addresses', () => {
  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0', '[::1]', '[::ffff:127.0.0.1]'],
    ...[
      '[::ffff:7f00:1]',
      '169.254.169.254',
      '[fd00::1]',
      '[::ffff:a9fe:a9fe]',
      '0.0.0.0',
      '[::]',
      '10.0.0.1',
    ],
    ...[
      '[64:ff9b::7f00:1]',
      '100.64.0.1',
      '192.168.1.1',
      '172.16.0.1',
      '[fe80::1]',
      '224.0.0.1',
      '255.255.255.255',
    ],
  ])('refuses the literal address %s, listed as a host or not', async (literal) => {
    const target = await serve((_, response) => response.end('secret'));
    const fetch = fetchFrom([known('example.com')]);
    expect(await refusal(fetch(`http://${literal}:${target.port}/`))).toBe('outbound.host-not-allowed');
    const { host } = new URL(`http://${literal}:${target.port}/`);
    expect(await refusal(fetchFrom([known(host)])(`http://${literal}:${target.port}/`))).toBe(
      'outbound.private-address',
    );
    expect(target.requests).toEqual([]);
  });

  it('reads a private address that the operator listed', async () => {
    const target = await serve((_, response) => response.end('inside'));
    expect(await (await fetchFrom([listed(target.host)])(target.url)).text()).toBe('inside');
  });

  it('refuses a name of which any address is private', async () => {
    const target = await serve((_, response) => response.end('secret'));
    const lookup = answering([
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
    const fetch = fetchFrom([known(`mixed.example:${target.port}`)], { lookup });
    expect(await refusal(fetch(`http://mixed.example:${target.port}/`))).toBe('outbound.private-address');
    expect(target.requests).toEqual([]);
  });

  it('connects to the very address that it checked, whatever the name says the next time', async () => {
    const target = await serve((_, response) => response.end('secret'));
    const asked: string[] = [];
    const addresses = ['93.184.216.34', '127.0.0.1'];
    const lookup: OutboundFetchOptions['lookup'] = (hostname, callback) => {
      asked.push(hostname);
      callback(null, [{ address: addresses[asked.length - 1] ?? '127.0.0.1', family: 4 }]);
    };
    const hosts = [known(`rebind.example:${target.port}`)];
    const url = `http://rebind.example:${target.port}/`;
    // The public address of the first answer leads nowhere here: refused, unreachable or too slow, never the server.
    expect(['outbound.timeout', 'outbound.unreachable']).toContain(
      await refusal(fetchFrom(hosts, { lookup, timeoutMs: 300 })(url)),
    );
    expect(await refusal(fetchFrom(hosts, { lookup })(url))).toBe('outbound.private-address');
    expect(target.requests).toEqual([]);
  });
});

function answering(addresses: LookupAddress[]): NonNullable<OutboundFetchOptions['lookup']> {
  return (_hostname, callback) => callback(null, addresses);
}

describe('URLs', () => {
  const fetch = createOutboundFetch({
    hosts: [
      { host: 'github.com', isPrivateAllowed: false, isPlainHttpAllowed: false },
      { ...listed('*.acme.example'), paths: ['/files', '/raw/'] },
    ],
  });

  it.each([
    ['file:///etc/passwd', 'outbound.bad-url'],
    ['gopher://github.com/', 'outbound.bad-url'],
    ['data:text/plain,hello', 'outbound.bad-url'],
    ['ftp://github.com/', 'outbound.bad-url'],
    ['no url', 'outbound.bad-url'],
    ['http://github.com/a', 'outbound.bad-url'],
    ['https://user:secret@github.com/a', 'outbound.bad-url'],
    ['https://github.com@evil.example/a', 'outbound.bad-url'],
    ['https://github.com.evil.example/a', 'outbound.host-not-allowed'],
    ['https://github.com:8443/a', 'outbound.host-not-allowed'],
    ['https://evilgithub.com/', 'outbound.host-not-allowed'],
    ['https://acme.example/files', 'outbound.host-not-allowed'],
    ['https://evilacme.example/files', 'outbound.host-not-allowed'],
    ['https://a.acme.example/other', 'outbound.host-not-allowed'],
    ['https://a.acme.example/filesystem', 'outbound.host-not-allowed'],
    ['https://a.acme.example/files/../other', 'outbound.host-not-allowed'],
    ['https://a.acme.example/files/%2e%2e/other', 'outbound.host-not-allowed'],
    ['https://a.acme.example/files/..%2fother', 'outbound.host-not-allowed'],
    ['https://a.acme.example/files/..%252fother', 'outbound.host-not-allowed'],
    ['https://a.acme.example/files/..%5cother', 'outbound.host-not-allowed'],
  ])('refuses %s', async (url, code) => {
    expect(await refusal(fetch(url))).toBe(code);
  });

  it.each(['https://github.com/a', 'https://a.acme.example/files', 'http://b.acme.example/raw/x.yaml'])(
    'would read %s',
    (url) => {
      expect(fetch.hosts.demand(url).href).toBe(url);
    },
  );
});

describe('redirects', () => {
  it('refuses at the hop that leads to a host that is not listed', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const outside = await serve((_, response) => response.writeHead(302, { location: inside.url }).end());
    expect(await refusal(fetchFrom([listed(outside.host)])(outside.url))).toBe('outbound.host-not-allowed');
    expect(inside.requests).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'http://user:pw@127.0.0.1/'])(
    'refuses one to %s',
    async (location) => {
      const server = await serve((_, response) => response.writeHead(302, { location }).end());
      expect(await refusal(fetchFrom([listed(server.host)])(server.url))).toBe('outbound.bad-url');
    },
  );

  it('follows five and refuses the sixth', async () => {
    const server = await serve((request, response) => {
      const left = Number((request.url ?? '').slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const fetch = fetchFrom([listed(server.host)]);
    expect(await (await fetch(`${server.url}5`)).text()).toBe('there');
    expect(await refusal(fetch(`${server.url}6`))).toBe('outbound.bad-redirect');
  });

  it('drops every kind of credential when the origin changes, and keeps them while it does not', async () => {
    const other = await serve((_, response) => response.end('there'));
    const first = await serve((request, response) => {
      const location = request.url === '/' ? '/again' : other.url;
      response.writeHead(307, { location }).end();
    });
    const fetch = fetchFrom([listed(first.host), listed(other.host)]);
    await fetch(first.url, { headers: { Authorization: 'Bearer t', 'PRIVATE-TOKEN': 't', Cookie: 'c=1' } });
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t', 'Bearer t']);
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('private-token');
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('does not repeat a request that changes things elsewhere', async () => {
    const server = await serve((_, response) => response.writeHead(307, { location: '/other' }).end());
    const fetch = fetchFrom([listed(server.host)]);
    expect(await refusal(fetch(server.url, { method: 'POST', body: '{}' }))).toBe('outbound.bad-redirect');
    expect(server.requests).toHaveLength(1);
  });
});

describe('bounds', () => {
  it('takes a body of exactly the bound and refuses one byte more, with and without a stated length', async () => {
    const server = await serve((request, response) => {
      const body = 'x'.repeat(Number((request.url ?? '').replace(/\D/g, '')));
      if (request.url?.includes('chunked')) response.write(body.slice(0, 10));
      response.end(request.url?.includes('chunked') ? body.slice(10) : body);
    });
    const fetch = fetchFrom([listed(server.host)], { maxBytes: 1000 });
    expect(await (await fetch(`${server.url}1000`)).text()).toHaveLength(1000);
    expect(await refusal(fetch(`${server.url}1001`))).toBe('outbound.too-large');
    expect(await (await fetch(`${server.url}chunked1000`)).text()).toHaveLength(1000);
    expect(await refusal(fetch(`${server.url}chunked1001`))).toBe('outbound.too-large');
  });

  it('counts what a compressed body unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(fetchFrom([listed(server.host)], { maxBytes: 100_000 })(server.url))).toBe(
      'outbound.too-large',
    );
  });

  it('unpacks an ordinary compressed body', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
    );
    expect(await (await fetchFrom([listed(server.host)])(server.url)).text()).toBe('hello');
  });

  it('gives up on a body that never ends, however busy it looks', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const fetch = fetchFrom([listed(server.host)], { timeoutMs: 200 });
    expect(await refusal(fetch(server.url))).toBe('outbound.timeout');
  });

  it('ends with the reason of the caller when the caller gives up', async () => {
    const server = await serve(() => {});
    const reason = new Error('enough');
    const fetch = fetchFrom([listed(server.host)]);
    await expect(fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('says so when nobody listens', async () => {
    const server = await serve((_, response) => response.end());
    for (const close of closers.splice(0)) await close();
    expect(await refusal(fetchFrom([listed(server.host)])(server.url))).toBe('outbound.unreachable');
  });
});

it('answers in the shape that a library for an API expects', async () => {
  const server = await serve((request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304, { etag: '"v1"' }).end();
    else
      response.writeHead(404, { etag: '"v1"', 'content-type': 'application/json' }).end('{"message":"no"}');
  });
  const fetch = fetchFrom([listed(server.host)]);
  const answer = await fetch(`${server.url}a`);
  expect([answer.status, answer.ok, answer.url, answer.headers.get('etag')]).toEqual([
    ...[404, false, `${server.url}a`, '"v1"'],
  ]);
  expect(await answer.json()).toEqual({ message: 'no' });
  expect((await fetch(server.url, { headers: { 'If-None-Match': '"v1"' } })).status).toBe(304);
});
