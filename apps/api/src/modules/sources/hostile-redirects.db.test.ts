import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { sendJson } from '../../testing/json-request.ts';
import { startListeningHost, type ListeningHost } from '../../testing/listening-host.ts';
import { selfSign } from '../../testing/self-signed.ts';
import { componentYaml } from '../../testing/source-folder.ts';

/** Hosts that may be asked, and lead elsewhere. */

const database = useTestDatabase();
const certificates = getCACertificates('default');
let home: string;
let allowed: ListeningHost;
let secure: ListeningHost;
let other: ListeningHost;
let inside: ListeningHost;
let harness: CatalogHarness;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  const identity = selfSign();
  setDefaultCACertificates([...certificates, identity.cert]);
  allowed = await startListeningHost();
  other = await startListeningHost();
  inside = await startListeningHost();
  secure = await startListeningHost((listener) => createSecureServer(identity, listener));
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: {
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl: `http://${allowed.host}/api`, token: 'github-secret' }],
        gitlab: [{ host: 'gitlab.com', apiBaseUrl: `https://${secure.host}/api/v4`, token: 'gitlab-secret' }],
      },
      backend: { reading: { allow: [allowed, secure, other].map(({ host }) => ({ host })) } },
    },
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  for (const host of [allowed, secure, other, inside]) await host[Symbol.asyncDispose]();
  setDefaultCACertificates(certificates);
  await rm(home, { recursive: true });
});
beforeEach(() => {
  for (const host of [allowed, secure, other, inside]) {
    host.requests.length = 0;
    host.answer = (_, response) => response.end(componentYaml('there'));
  }
});
afterEach(async () => {
  await harness.declare([]);
});

function lead(host: ListeningHost, location: string | ((url: string) => string), status = 302): void {
  host.answer = (request, response) => {
    const to = typeof location === 'string' ? location : location(request.url ?? '');
    response.writeHead(status, { location: to }).end();
  };
}

async function read(target: string) {
  const [id = ''] = await harness.declare([{ type: 'url', target, origin: 'config' }]);
  const { state, error, counts } = await harness.read(id);
  return { state, code: error?.code, entities: counts.entities };
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('to a host that is not listed ends there: %d', async (status) => {
    lead(allowed, `http://${inside.host}/secret`, status);
    const target = `http://${allowed.host}/a.yaml`;
    expect(await read(target)).toMatchObject({ state: 'failed', code: 'outbound.host-not-allowed' });
    for (const [door, body] of [
      ['sources/analyze', { target }],
      ['analyze-location', { location: { type: 'url', target } }],
      ['locations?dryRun=true', { type: 'url', target }],
    ] as const) {
      const answer = await sendJson(harness.app, 'POST', `/api/catalog/${door}`, JSON.stringify(body));
      expect([door, answer.code]).toEqual([door, 'catalog.source-not-allowed']);
    }
    expect(inside.requests).toEqual([]);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'outbound.host-not-allowed'],
    ['//127.1:1/', 'outbound.host-not-allowed'],
    ['http://[::ffff:127.0.0.1]/', 'outbound.host-not-allowed'],
    ['file:///etc/passwd', 'outbound.bad-url'],
    ['gopher://127.0.0.1/', 'outbound.bad-url'],
    ['data:text/plain,hello', 'outbound.bad-url'],
    ['http://user:pw@github.com/', 'outbound.bad-url'],
    ['http://[', 'outbound.bad-redirect'],
  ])('to %s ends there', async (location, code) => {
    lead(allowed, location);
    expect(await read(`http://${allowed.host}/a.yaml`)).toMatchObject({ state: 'failed', code });
  });

  it('among others is judged where it leads, not where the chain began', async () => {
    lead(allowed, `https://${secure.host}/next`);
    lead(secure, `http://${inside.host}/`);
    expect(await read(`http://${allowed.host}/a.yaml`)).toMatchObject({ code: 'outbound.bad-redirect' });
    lead(secure, `https://${inside.host}/`);
    expect(await read(`http://${allowed.host}/a.yaml`)).toMatchObject({ code: 'outbound.host-not-allowed' });
    expect(inside.requests).toEqual([]);
  });

  it('is followed five times, and a chain of ten ends at the sixth', async () => {
    const chainOf = (length: number) => (url: string) => {
      const hop = Number(url.slice(1));
      return `http://${(hop % 2 === 0 ? other : allowed).host}/${hop >= length ? 'end' : hop + 1}`;
    };
    const answerEnd = (host: ListeningHost) => {
      const { answer } = host;
      host.answer = (request, response) =>
        request.url === '/end' ? response.end(componentYaml('there')) : answer(request, response);
    };
    for (const [length, outcome] of [
      [4, { state: 'ready', entities: 2 }],
      [9, { state: 'failed', code: 'outbound.bad-redirect' }],
    ] as const) {
      for (const host of [allowed, other]) {
        host.requests.length = 0;
        lead(host, chainOf(length));
        answerEnd(host);
      }
      expect(await read(`http://${allowed.host}/0`)).toMatchObject(outcome);
      expect(allowed.requests.length + other.requests.length).toBe(6);
    }
  });

  it('from https to http is refused even to a host that may be read so', async () => {
    const target = `https://${secure.host}/a.yaml`;
    expect(await read(target)).toMatchObject({ state: 'ready', entities: 2 });
    lead(secure, `http://${allowed.host}/a.yaml`);
    expect(await read(target)).toMatchObject({ state: 'failed', code: 'outbound.bad-redirect' });
    expect(allowed.requests).toEqual([]);
  });
});

describe('a token', () => {
  const page = (host: string) => `https://${host}/acme/shop/blob/main/a.yaml`;
  const tokensOf = ({ requests }: ListeningHost) =>
    requests.map(({ headers }) => headers.authorization ?? headers['private-token']);

  it('stays behind when the API leads to another host, another port or a shorter path of another server', async () => {
    lead(allowed, `http://${other.host}/a.yaml`);
    expect(await read(page('github.com'))).toMatchObject({ state: 'ready', entities: 2 });
    lead(secure, `https://${secure.host}/api/v4/again`);
    const { answer } = secure;
    secure.answer = (request, response) =>
      request.url === '/api/v4/again'
        ? response.writeHead(302, { location: `http://${other.host}/a.yaml` }).end()
        : answer(request, response);
    expect(await read(page('gitlab.com'))).toMatchObject({ state: 'failed', code: 'outbound.bad-redirect' });
    expect([tokensOf(allowed), tokensOf(secure), tokensOf(other)]).toEqual([
      ['Bearer github-secret'],
      ['gitlab-secret', 'gitlab-secret'],
      [undefined],
    ]);
  });

  it('is sent to nobody beside the API, on its host or after a page of its host', async () => {
    for (const url of [`http://${allowed.host}/apis/a.yaml`, `https://${secure.host}/api/a.yaml`]) {
      expect(await read(url)).toMatchObject({ state: 'ready' });
    }
    lead(other, `http://${allowed.host}/api/repos/acme/shop/contents/a.yaml`);
    expect(await read(`http://${other.host}/a.yaml`)).toMatchObject({ state: 'ready' });
    expect([allowed, secure, other].flatMap(tokensOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
