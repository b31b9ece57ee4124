import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  createIntegrations,
  createOutboundFetch,
  type OutboundFetch,
} from '../../../../platform/outbound/index.ts';
import { anyReply, createHostApis, HostRefusal, type HostApi } from './host-api.ts';

const HOST = 'github.example.com';
/** What the host answers, one after the other; the last one again and again. */
let answers: { status: number; message: string }[] = [];
let asked = 0;
let server: Server;
let fetch: OutboundFetch;
let github: HostApi;

beforeAll(async () => {
  server = createServer((_, response) => {
    const { status, message } = answers[Math.min(asked, answers.length - 1)] ?? { status: 500, message: '' };
    asked += 1;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // a server over TCP has one
  fetch = createOutboundFetch({ hosts: [{ host, isPrivateAllowed: true, isPlainHttpAllowed: true }] });
  const integrations = createIntegrations({
    github: [{ host: HOST, apiBaseUrl: `http://${host}`, token: 'token' }],
    gitlab: [],
  });
  github = createHostApis(integrations, fetch)('github', HOST);
});
afterAll(async () => {
  await fetch.close();
  server.close();
});
beforeEach(() => {
  asked = 0;
});

const call = () =>
  github.call({
    ...{ method: 'POST', path: '/repos/acme/new/git/trees', body: {}, reply: anyReply },
    signal: new AbortController().signal,
  });

it('waits for a repository that the host has made a moment ago', async () => {
  answers = [
    { status: 409, message: 'Git Repository is empty.' },
    { status: 201, message: 'made' },
  ];
  expect(await call()).toEqual({ message: 'made' });
  expect(asked).toBe(2);
});

it('asks no second time where another one was faster, or where the host fails at a change', async () => {
  answers = [{ status: 409, message: 'Reference already exists' }];
  await expect(call()).rejects.toThrow(HostRefusal);
  answers = [{ status: 502, message: 'Bad gateway' }];
  await expect(call()).rejects.toThrow('refused with status 502');
  expect(asked).toBe(2);
});
