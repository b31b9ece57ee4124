import * as contracts from '@waymark/contracts';
import type { Endpoint } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../../testing/problem-answer.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const database = useTestDatabase();
let server: TestServer;

beforeAll(async () => {
  // Without guest mode nobody is anybody, so a route that lets a caller in is a public one.
  server = await startTestServer({ databaseUrl: database().url, config: { auth: { guest: false } } });
});
afterAll(() => server[Symbol.asyncDispose]());

interface Route {
  method: string;
  path: string;
}

/** Routes that are no part of the documented API. */
const UNDOCUMENTED =
  /^\/(metrics|api\/openapi\.json|api\/docs(\/.*)?|git\/:owner\/:repository(\/(info\/refs|git-(upload|receive)-pack))?|\*)$/;
/** git is answered in plain text, which it shows, and asked for a password. */
const OF_GIT = /^\/git\//;
/** A webhook proves itself by its signature. */
const PUBLIC_ENDPOINTS = ['/api/ingest/:source/:connection', '/livez', '/readyz'];

const endpoints = Object.values<unknown>(contracts).filter(isEndpoint);

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'permission' in value && 'reply' in value;
}

/** Every route that the server answers, read off the tree that it prints. */
function mountedRoutes(): Route[] {
  const prefixes: string[] = [];
  return server.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([ │]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
      if (!match) return [];
      const depth = (match[1] ?? '').length / 4;
      prefixes.length = depth;
      prefixes.push(match[2] ?? '');
      return (match[3] ?? '')
        .split(', ')
        .filter((method) => method !== '')
        .map((method) => ({ method, path: prefixes.join('') }));
    });
}

function documentedRoutes(): Route[] {
  const { paths = {} } = server.app.swagger() as { paths?: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    })),
  );
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const urlOf = (path: string) => path.replaceAll(/:\w+/g, '1').replace('*', 'index.html');

describe('routes', () => {
  it('are those of the contracts, of the OpenAPI document, and of the server, without a difference', () => {
    const ofContracts = endpoints.map(nameOf).sort();
    expect(ofContracts.length).toBeGreaterThan(15);
    expect(documentedRoutes().map(nameOf).sort()).toEqual(ofContracts);
    const mounted = mountedRoutes().filter(
      ({ method, path }) => method !== 'HEAD' && !UNDOCUMENTED.test(path),
    );
    expect(mounted.map(nameOf).sort()).toEqual(ofContracts);
  });

  it('answer HEAD wherever they answer GET', () => {
    const of = (wanted: string) =>
      mountedRoutes()
        // git never asks with HEAD, and each answer to it is a run of git.
        .filter(({ method, path }) => method === wanted && !OF_GIT.test(path))
        .map(({ path }) => path)
        .sort();
    expect(of('HEAD')).toEqual(of('GET'));
  });

  it('have one name each in the OpenAPI document, which is version 3.1 and served to everybody', async () => {
    const answer = await fetch(`${server.url}/api/openapi.json`);
    const document = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId?: string; summary?: string }>>;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(undefined);
    expect(operations.every(({ summary }) => summary !== undefined && summary !== '')).toBe(true);
  });

  it('let nobody in without a credential but the public ones', async () => {
    const open: string[] = [];
    for (const { method, path } of mountedRoutes()) {
      const answer = await fetch(server.url + urlOf(path), { method, redirect: 'manual' });
      if (answer.status !== 401) open.push(path);
      else if (OF_GIT.test(path)) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      else if (method !== 'HEAD') await expectProblem(answer, 'actor.unauthenticated');
    }
    expect([...new Set(open)].filter((path) => !UNDOCUMENTED.test(path)).sort()).toEqual(PUBLIC_ENDPOINTS);
    const declaredPublic = endpoints
      .filter(({ permission }) => permission === 'public')
      .map(({ path }) => path);
    expect(declaredPublic.sort()).toEqual(PUBLIC_ENDPOINTS);
  });

  it('take no credential for a guest, valid or not', async () => {
    for (const authorization of ['Bearer x', 'Basic Z3Vlc3Q6', '', 'Bearer ']) {
      const answer = await fetch(`${server.url}/api/catalog/sources`, { headers: { authorization } });
      await expectProblem(answer, 'actor.unauthenticated');
    }
  });
});

describe('a route that declares no permission', () => {
  it('stops the start', async () => {
    const extend: NonNullable<Parameters<typeof startTestServer>[0]['extend']> = (app) =>
      app.get('/api/forgotten', async () => 'everybody may see this');
    await expect(startTestServer({ databaseUrl: database().url, extend })).rejects.toThrow(
      /GET \/api\/forgotten declares no permission/,
    );
  });

  it('stops the start when a plug-in adds it, too', async () => {
    const extend: NonNullable<Parameters<typeof startTestServer>[0]['extend']> = (app) => {
      void app.register(async (plugin) => {
        plugin.post('/api/forgotten', { config: {} }, async () => 'everybody may do this');
      });
    };
    await expect(startTestServer({ databaseUrl: database().url, extend })).rejects.toThrow(
      /declares no permission/,
    );
  });
});
