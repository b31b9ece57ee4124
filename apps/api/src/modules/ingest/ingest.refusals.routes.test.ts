import { createHash } from 'node:crypto';
import { sign } from '@octokit/webhooks-methods';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWebhookServer, WEBHOOK_SECRET, type WebhookServer } from '../../testing/webhook-server.ts';

/** The parts of a push that are used. */
const PUSH = {
  ref: 'refs/heads/main',
  repository: {
    full_name: 'acme/ledger',
    html_url: 'https://github.com/acme/ledger',
    default_branch: 'main',
    owner: { login: 'acme' },
  },
};

const database = useTestDatabase();
let webhooks: WebhookServer;

beforeAll(async () => {
  webhooks = await startWebhookServer(database().url);
});
afterAll(() => webhooks[Symbol.asyncDispose]());
beforeEach(() => webhooks.clear());

describe('a delivery that is not what it should be', () => {
  it.each([
    ['no signature', undefined],
    ['another secret', 'other'],
    ['a signature that is none', 'sha256=zz'],
    ['the old algorithm', 'sha1=0000000000000000000000000000000000000000'],
  ])('is refused with %s, and changes nothing', async (_, signature) => {
    const body = JSON.stringify(PUSH);
    await webhooks.addSource({ type: 'git', target: PUSH.repository.html_url });
    const headers: Record<string, string> = { 'x-github-event': 'push', 'x-github-delivery': 'one' };
    if (signature === 'other') headers['x-hub-signature-256'] = await sign('other', body);
    else if (signature !== undefined) headers['x-hub-signature-256'] = signature;
    const answer = await webhooks.post('/api/ingest/github/main', body, headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'ingest.bad-signature' } });
    expect(await webhooks.queued()).toEqual([]);
    const { rows } = await webhooks.server.database.pool.query('SELECT 1 FROM webhook_delivery');
    expect(rows).toEqual([]);
  });

  it('is refused when a byte of the body was changed on the way', async () => {
    const body = JSON.stringify(PUSH);
    const signature = await sign(WEBHOOK_SECRET, body);
    const answer = await webhooks.post('/api/ingest/github/main', `${body} `, {
      'x-hub-signature-256': signature,
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'ingest.bad-signature' } });
  });

  it('is told apart by connection, type of content, size and shape', async () => {
    const signed = async (body: string) => ({ 'x-hub-signature-256': await sign(WEBHOOK_SECRET, body) });
    const cases = [
      ['/api/ingest/github/other', '{}', {}, 404, 'ingest.unknown-connection'],
      ['/api/ingest/jenkins/main', '{}', {}, 400, 'request.invalid'],
      [
        '/api/ingest/github/main',
        '{}',
        { 'content-type': 'text/plain' },
        415,
        'request.unsupported-media-type',
      ],
      ['/api/ingest/github/main', '{"a', await signed('{"a'), 400, 'request.not-json'],
      [
        '/api/ingest/github/main',
        '[]',
        { ...(await signed('[]')), 'x-github-event': 'push' },
        400,
        'request.invalid',
      ],
      ['/api/ingest/github/main', 'x'.repeat(25 * 1024 * 1024 + 1), {}, 413, 'request.too-large'],
    ] as const;
    for (const [path, body, headers, status, code] of cases) {
      expect(await webhooks.post(path, body, headers)).toMatchObject({ status, body: { code } });
    }
  });

  it('is accepted with megabytes of content when it is signed', async () => {
    const payload = { ...PUSH, padding: 'x'.repeat(20 * 1024 * 1024) };
    const { status } = await webhooks.deliverGitHub('push', payload);
    expect(status).toBe(202);
  });

  it('may come under any host name and from any site, since it proves itself', async () => {
    const headers = { origin: 'https://github.com', 'sec-fetch-site': 'cross-site' };
    expect((await webhooks.deliverGitHub('ping', { zen: 'Keep it simple.' }, headers)).status).toBe(202);
    const { body } = await webhooks.deliverGitHub('ping', {});
    expect(body).toMatchObject({ outcome: 'ignored', reason: 'The connection works.' });
  });
});

describe('a delivery of GitLab', () => {
  const project = {
    path_with_namespace: 'Acme/payments/ledger',
    default_branch: 'main',
    web_url: 'https://gitlab.example.com/Acme/payments/ledger',
  };
  const pushed = {
    object_kind: 'push',
    ref: 'refs/heads/main',
    after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
    project,
  };

  it('makes the sources of the repository due', async () => {
    const settings = { fullName: 'acme/payments/ledger', branch: 'main' };
    const expected = [
      await webhooks.addSource({ type: 'gitlab', target: project.web_url, settings }),
      await webhooks.addSource({ type: 'git', target: `${project.web_url}.git` }),
    ];
    expect((await webhooks.deliverGitLab(pushed)).body).toMatchObject({
      outcome: 'accepted',
      sourceIds: expected,
    });
    expect(await webhooks.queued()).toEqual(expected);
  });

  it('is acted on once for one idempotency key', async () => {
    await webhooks.addSource({ type: 'git', target: project.web_url });
    const headers = { 'idempotency-key': createHash('sha256').update('one').digest('hex') };
    const outcomes = [
      await webhooks.deliverGitLab(pushed, headers),
      await webhooks.deliverGitLab(pushed, headers),
    ];
    expect(outcomes.map(({ body }) => body['outcome'])).toEqual(['accepted', 'duplicate']);
  });

  it('makes discoveries and people of all groups above due', async () => {
    const groups = await webhooks.addSource({
      type: 'gitlab-discovery',
      target: 'x',
      settings: { organisation: 'acme' },
    });
    const all = await webhooks.addSource({
      type: 'gitlab-discovery',
      target: 'y',
      settings: { organisation: '' },
    });
    const people = await webhooks.addSource({
      type: 'gitlab-org',
      target: 'z',
      settings: { organisation: 'acme' },
    });
    await webhooks.addSource({ type: 'gitlab-discovery', target: 'w', settings: { organisation: 'other' } });
    const created = { event_name: 'project_create', path_with_namespace: 'acme/payments/new' };
    expect((await webhooks.deliverGitLab(created)).body).toMatchObject({ sourceIds: [groups, all] });
    const joined = { event_name: 'user_add_to_group', group_path: 'acme/payments' };
    expect((await webhooks.deliverGitLab(joined)).body).toMatchObject({ sourceIds: [people] });
  });

  it('is passed over when it deletes the branch', async () => {
    await webhooks.addSource({ type: 'git', target: project.web_url });
    const deleted = { ...pushed, after: '0000000000000000000000000000000000000000' };
    expect((await webhooks.deliverGitLab(deleted)).body).toMatchObject({ outcome: 'ignored' });
  });

  it.each([{ 'x-gitlab-token': 'wrong' }, { 'x-gitlab-token': WEBHOOK_SECRET }])(
    'is refused with %o',
    async (headers) => {
      expect(await webhooks.deliverGitLab(pushed, headers)).toMatchObject({ status: 401 });
    },
  );
});
