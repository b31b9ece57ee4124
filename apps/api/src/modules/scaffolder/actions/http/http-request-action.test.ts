import { buffer } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tryAction } from '../../../../testing/action-trial.ts';
import { findFreePort } from '../../../../testing/server-process.ts';
import { startListeningHost, type ListeningHost } from '../../../../testing/listening-host.ts';
import type { JsonObject } from '../../engine/json.ts';
import { createTemplateEngine } from '../../engine/template-engine.ts';
import { emptyWorkspace } from '../../workspace/scratch-workspace.ts';
import { ActionFailure, NothingMadeFailure, type EffectLedger, type ScaffolderAction } from '../action.ts';
import { createHttpRequestAction } from './http-request-action.ts';
import { createHttpRequests, type HttpRequests } from './http-requests.ts';

const engine = createTemplateEngine({ hosts: {}, maxProcesses: 1 });
let host: ListeningHost;
let other: ListeningHost;
let nobody: string;
let requests: HttpRequests;
let action: ScaffolderAction;
/** Bodies of the requests, in their order. */
const bodies: Promise<string>[] = [];

beforeAll(async () => {
  host = await startListeningHost();
  other = await startListeningHost();
  nobody = `127.0.0.1:${await findFreePort()}`;
  requests = createHttpRequests([
    { host: host.host, paths: ['/api'] },
    { host: other.host, methods: ['GET'] },
    { host: nobody },
  ]);
  action = createHttpRequestAction(requests, engine);
});
beforeEach(() => {
  host.requests.length = 0;
  other.requests.length = 0;
  bodies.length = 0;
  answer(200, {}, '');
});
afterAll(async () => {
  await requests.close();
  await engine.close();
  await host[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

function answer(status: number, headers: Record<string, string>, body: string): void {
  host.answer = (request: IncomingMessage, response) => {
    bodies.push(buffer(request).then(String));
    void bodies.at(-1)?.then(() => response.writeHead(status, headers).end(body));
  };
}

function send(input: JsonObject, effects?: EffectLedger) {
  const url = `http://${host.host}/api/things`;
  return tryAction(
    action,
    { method: 'GET', url, ...input },
    { workspace: emptyWorkspace('/nonexistent').workspace, ...(effects && { effects }) },
  );
}

const brokenOff: EffectLedger = { once: (_, make) => make({ mayExist: true, idempotencyKey: 'key' }) };

describe('http:request', () => {
  it('gives status, harmless headers and the data of a JSON answer', async () => {
    const headers = { 'content-type': 'application/problem+json', 'set-cookie': 'session=1', etag: '"1"' };
    answer(200, headers, '{"a":[1]}');
    const { output, log } = await send({});
    expect(output).toEqual({
      status: 200,
      headers: { 'content-type': 'application/problem+json', date: expect.any(String), etag: '"1"' },
      body: { a: [1] },
    });
    expect(log).toEqual([`GET ${host.host}/api/things answered 200`]);
    answer(200, { 'content-type': 'application/json' }, '{"__proto__":{"x":1}}');
    expect((await send({})).output['body']).toBe('{"__proto__":{"x":1}}');
  });

  it('sends data as JSON and texts as they are, with a key that tells the effect from all others', async () => {
    const headers = { Authorization: 'Bearer s', 'X-Kind': 'test' };
    await send({ method: 'POST', headers, body: { name: 'x' } });
    await send({ method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a,b' });
    expect(host.requests[0]?.headers).toMatchObject({
      ...{ authorization: 'Bearer s', 'x-kind': 'test', 'content-type': 'application/json' },
      'idempotency-key': 'key',
    });
    expect(host.requests[1]?.headers).toMatchObject({ 'content-type': 'text/csv' });
    expect(await Promise.all(bodies)).toEqual(['{"name":"x"}', 'a,b']);
  });

  it.each([
    ['POST', () => `http://${host.host}/other`],
    ['POST', () => `http://${host.host}/api/../other`],
    ['POST', () => `http://${host.host}/api/..%2fother`],
    ['POST', () => `http://${other.host}/api`],
    ['GET', () => 'http://169.254.169.254/latest/meta-data'],
    ['GET', () => `http://127.0.0.1.evil.example:${host.port}/api`],
  ])('refuses what is not listed: %s %o', async (method, url) => {
    await expect(send({ method, url: url() })).rejects.toMatchObject({
      message: expect.stringContaining(`Templates may not send ${method} to`),
      hint: expect.stringContaining('scaffolder.httpRequest.allow'),
    });
    expect([...host.requests, ...other.requests]).toEqual([]);
    const context = { actor: { ref: 'user:default/guest' }, signal: new AbortController().signal };
    expect(await action.check({ method, url: url() }, context)).toHaveLength(1);
  });

  it('refuses other schemes, passwords in URLs, headers of the connection and line breaks', async () => {
    await expect(send({ url: 'file:///etc/passwd' })).rejects.toThrow(/not read/);
    await expect(send({ url: `http://a:b@${host.host}/api` })).rejects.toThrow(/user name or password/);
    await expect(send({ headers: { Host: 'x' } })).rejects.toThrow(/set by the server/);
    const withBreak = send({ headers: { 'x-a': 'secret\r\nx-b: c' } });
    await expect(withBreak).rejects.toThrow(/cannot have/);
    await expect(withBreak).rejects.not.toThrow(/secret/);
    await expect(send({ body: 'x' })).rejects.toThrow(/GET and HEAD have no body/);
    expect(host.requests).toEqual([]);
  });

  it('follows no redirect, so that headers reach nobody else', async () => {
    answer(302, { location: `http://${other.host}/api` }, '');
    await expect(send({ headers: { 'x-token': 's' } })).rejects.toThrow(
      /answered 302, which was not expected/,
    );
    const { output } = await send({ expectedStatus: [302] });
    expect(output).toMatchObject({ status: 302, headers: { location: `http://${other.host}/api` } });
    expect(other.requests).toEqual([]);
  });

  it('says that nothing came of it when the server refuses, or was never reached', async () => {
    answer(422, { 'content-type': 'application/json' }, '{"reason":"taken"}');
    const refused = send({ method: 'POST' });
    await expect(refused).rejects.toBeInstanceOf(NothingMadeFailure);
    await expect(refused).rejects.toThrow(/answered 422, which was not expected: \{"reason":"taken"\}/);
    await expect(send({ method: 'POST', url: `http://${nobody}/` })).rejects.toBeInstanceOf(
      NothingMadeFailure,
    );
    answer(500, {}, '');
    const broken = send({ method: 'POST' });
    await expect(broken).rejects.toBeInstanceOf(ActionFailure);
    await expect(broken).rejects.not.toBeInstanceOf(NothingMadeFailure);
  });

  it('sends nothing a second time that may have come through, unless twice is the same as once', async () => {
    for (const method of ['POST', 'PATCH']) {
      await expect(send({ method }, brokenOff)).rejects.toThrow(/may have been sent already/);
    }
    expect(host.requests).toEqual([]);
    for (const method of ['PUT', 'DELETE']) await send({ method }, brokenOff);
    expect(host.requests.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
    answer(409, {}, '');
    await expect(send({ method: 'PUT' }, brokenOff)).rejects.not.toBeInstanceOf(NothingMadeFailure);
  });

  it('reads without a word in the ledger, and bounds what it takes', async () => {
    const ledger: EffectLedger = { once: () => Promise.reject(new Error('written down')) };
    await send({}, ledger);
    await expect(send({ method: 'DELETE' }, ledger)).rejects.toThrow('written down');
    answer(200, {}, 'x'.repeat(300 * 1024));
    await expect(send({})).rejects.toThrow(/more than 262,144 bytes/);
  });

  it('says beforehand what it will send', () => {
    const url = `http://${host.host}/api/things?token=1`;
    expect(action.plan({ method: 'POST', url })).toEqual([`Sends POST to ${host.host}/api/things`]);
    expect(action.plan({ method: 'POST' })).toEqual(['Sends POST to an address that only the run will know']);
    expect(action.plan({ method: 'GET', url })).toEqual([]);
  });
});
