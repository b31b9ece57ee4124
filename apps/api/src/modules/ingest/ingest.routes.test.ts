import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { sign } from '@octokit/webhooks-methods';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testConfig } from '../../testing/test-config.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const SECRET = 'a-secret-of-the-connection';
const database = useTestDatabase();
let server: TestServer;

interface Example {
  name: string;
  examples: Record<string, unknown>[];
}
// The package is JSON without types of a module.
const github = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];

beforeAll(async () => {
  const config = testConfig();
  server = await startTestServer({
    databaseUrl: database().url,
    config: {
      ...config,
      ingest: {
        connections: [
          { name: 'main', type: 'github', secret: SECRET },
          { name: 'main', type: 'gitlab', secret: `${SECRET}-of-gitlab` },
        ],
      },
    },
  });
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() =>
  server.database.pool.query('TRUNCATE catalog_source, webhook_delivery, audit_entry CASCADE'),
);

interface SourceRow {
  type: string;
  target: string;
  branch?: string;
  settings?: Record<string, unknown>;
}

async function addSource({ type, target, branch, settings }: SourceRow): Promise<string> {
  const { rows } = await server.database.pool.query<{ id: string }>(
    `INSERT INTO catalog_source (key, type, target, branch, settings, origin, state, next_read_at)
     VALUES ($1, $2, $3, $4, $5, 'config', 'ready', now() + interval '1 day') RETURNING id`,
    [JSON.stringify([type, target, branch, settings]), type, target, branch ?? null, settings ?? null],
  );
  return rows[0]?.id ?? '';
}

async function queued(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ id: string }>(
    `SELECT id FROM catalog_source WHERE state = 'queued' AND next_read_at <= now() ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

let deliveries = 0;

async function deliverGitHub(
  event: string,
  payload: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  deliveries += 1;
  return post('/api/ingest/github/main', body, {
    'x-github-event': event,
    'x-github-delivery': `delivery-${deliveries}`,
    'x-hub-signature-256': await sign(SECRET, body),
    ...headers,
  });
}

async function deliverGitLab(payload: unknown, headers: Record<string, string> = {}) {
  return post('/api/ingest/gitlab/main', JSON.stringify(payload), {
    'x-gitlab-event': 'Push Hook',
    'x-gitlab-token': `${SECRET}-of-gitlab`,
    ...headers,
  });
}

async function post(path: string, body: string, headers: Record<string, string>) {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  // Every answer is an object; what is in it is what the tests are about.
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function examplesOf(name: string): Record<string, unknown>[] {
  return github.find((event) => event.name === name)?.examples ?? [];
}

/** GitHub's own example of a push, to a branch of our choice. */
function push(ref: string): Record<string, unknown> {
  const [example] = examplesOf('push').filter(({ ref: own }) => String(own).startsWith('refs/heads/'));
  return { ...example, ref, deleted: false, repository: { ...repositoryOf(examplesOf('push')[0]) } };
}

interface Repository {
  full_name: string;
  html_url: string;
  default_branch: string;
  owner: { login?: string };
}

function repositoryOf(payload: Record<string, unknown> | undefined): Repository {
  // As in GitHub's own example.
  return payload?.['repository'] as Repository;
}

describe('a push on GitHub', () => {
  it('makes every source due that reads the branch, by all spellings of its address', async () => {
    const { full_name: fullName, html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    const ssh = `git@github.com:${fullName}.git`;
    const expected = [
      await addSource({ type: 'github', target: url, settings: { fullName, branch } }),
      await addSource({ type: 'git', target: `${url}.git` }),
      await addSource({ type: 'git', target: ssh, branch }),
      await addSource({ type: 'url', target: `${url}/blob/${branch}/catalog-info.yaml` }),
    ];
    await addSource({ type: 'git', target: `${url}-other` });
    await addSource({ type: 'git', target: url, branch: 'another' });
    await addSource({ type: 'url', target: `${url}/blob/another/catalog-info.yaml` });
    await addSource({ type: 'github', target: url, settings: { fullName: `${fullName}x`, branch } });

    const { status, body } = await deliverGitHub('push', push(`refs/heads/${branch}`));
    expect(status).toBe(202);
    expect(body).toMatchObject({ outcome: 'accepted', sourceIds: expected });
    expect(await queued()).toEqual(expected);
    const { rows } = await server.database.pool.query('SELECT actor, details FROM audit_entry');
    expect(rows).toMatchObject([{ actor: 'webhook:github/main', details: { sourceIds: expected } }]);
  });

  it('is passed over when it is to a branch that no source reads', async () => {
    const { full_name: fullName, html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    await addSource({ type: 'github', target: url, settings: { fullName, branch } });
    for (const ref of ['refs/heads/feature', `refs/tags/${branch}`]) {
      const { status, body } = await deliverGitHub('push', push(ref));
      expect({ status, outcome: body['outcome'] }).toEqual({ status: 202, outcome: 'ignored' });
    }
    expect(await queued()).toEqual([]);
  });

  it('wakes the worker when it has committed', async () => {
    const { html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    const id = await addSource({ type: 'git', target: url });
    const notified = Promise.withResolvers<void>();
    const connected = Promise.withResolvers<void>();
    const listener = server.database.listen('waymark_sources', {
      onConnected: () => connected.resolve(),
      onConnectionLost: () => {},
      onNotification: () => notified.resolve(),
    });
    await connected.promise;
    await deliverGitHub('push', push(`refs/heads/${branch}`));
    await notified.promise;
    expect(await queued()).toEqual([id]);
    await listener.close();
  });

  it('is acted on once, however often it is delivered', async () => {
    const { html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    await addSource({ type: 'git', target: url });
    const again = { 'x-github-delivery': 'the-same' };
    const first = await deliverGitHub('push', push(`refs/heads/${branch}`), again);
    await server.database.pool.query(`UPDATE catalog_source SET state = 'ready'`);
    const second = await deliverGitHub('push', push(`refs/heads/${branch}`), again);
    expect([first.body['outcome'], second.body['outcome']]).toEqual(['accepted', 'duplicate']);
    expect(await queued()).toEqual([]);
  });
});

describe('events of GitHub about repositories and people', () => {
  it('make the discovery of their organisation look again', async () => {
    const example = examplesOf('repository').find(({ action }) => action === 'created');
    const organisation = repositoryOf(example).owner.login;
    const id = await addSource({ type: 'github-discovery', target: 'x', settings: { organisation } });
    await addSource({ type: 'github-discovery', target: 'y', settings: { organisation: 'somebody-else' } });
    for (const action of ['created', 'renamed', 'archived', 'deleted', 'transferred']) {
      await server.database.pool.query(`UPDATE catalog_source SET state = 'ready'`);
      const { body } = await deliverGitHub('repository', { ...example, action });
      expect(body).toMatchObject({ outcome: 'accepted', sourceIds: [id] });
    }
  });

  it('concern the former owner of a repository that was transferred', async () => {
    const example = examplesOf('repository')[0];
    const id = await addSource({
      type: 'github-discovery',
      target: 'x',
      settings: { organisation: 'before' },
    });
    const changes = { owner: { from: { organization: { login: 'Before' } } } };
    const { body } = await deliverGitHub('repository', { ...example, action: 'transferred', changes });
    expect(body).toMatchObject({ sourceIds: [id] });
  });

  it('make people and teams of the organisation be read again', async () => {
    const [example] = examplesOf('membership');
    // As in GitHub's own example.
    const { login } = example?.['organization'] as { login: string };
    const id = await addSource({ type: 'github-org', target: 'x', settings: { organisation: login } });
    const { body } = await deliverGitHub('membership', example);
    expect(body).toMatchObject({ outcome: 'accepted', sourceIds: [id] });
  });

  it('are all taken without an error, in each of the examples that GitHub publishes', async () => {
    let taken = 0;
    for (const { name, examples } of github) {
      for (const payload of examples) {
        const { status } = await deliverGitHub(name, payload);
        expect({ name, status }).toEqual({ name, status: 202 });
        taken += 1;
      }
    }
    expect(taken).toBeGreaterThan(200);
  });
});

describe('a delivery that is not what it should be', () => {
  it.each([
    ['no signature', undefined],
    ['another secret', 'other'],
    ['a signature that is none', 'sha256=zz'],
    ['the old algorithm', 'sha1=0000000000000000000000000000000000000000'],
  ])('is refused with %s, and changes nothing', async (_, signature) => {
    const body = JSON.stringify(push('refs/heads/main'));
    await addSource({ type: 'git', target: repositoryOf(push('refs/heads/main')).html_url });
    const headers: Record<string, string> = { 'x-github-event': 'push', 'x-github-delivery': 'one' };
    if (signature === 'other') headers['x-hub-signature-256'] = await sign('other', body);
    else if (signature !== undefined) headers['x-hub-signature-256'] = signature;
    const answer = await post('/api/ingest/github/main', body, headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'ingest.bad-signature' } });
    expect(await queued()).toEqual([]);
    const { rows } = await server.database.pool.query('SELECT 1 FROM webhook_delivery');
    expect(rows).toEqual([]);
  });

  it('is refused when a byte of the body was changed on the way', async () => {
    const body = JSON.stringify(push('refs/heads/main'));
    const signature = await sign(SECRET, body);
    const answer = await post('/api/ingest/github/main', `${body} `, { 'x-hub-signature-256': signature });
    expect(answer).toMatchObject({ status: 401, body: { code: 'ingest.bad-signature' } });
  });

  it('is told apart by connection, type of content, size and shape', async () => {
    const signed = async (body: string) => ({ 'x-hub-signature-256': await sign(SECRET, body) });
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
      expect(await post(path, body, headers)).toMatchObject({ status, body: { code } });
    }
  });

  it('is accepted with megabytes of content when it is signed', async () => {
    const payload = { ...push('refs/heads/main'), padding: 'x'.repeat(20 * 1024 * 1024) };
    const { status } = await deliverGitHub('push', payload);
    expect(status).toBe(202);
  });

  it('may come under any host name and from any site, since it proves itself', async () => {
    const headers = { origin: 'https://github.com', 'sec-fetch-site': 'cross-site' };
    expect((await deliverGitHub('ping', { zen: 'Keep it simple.' }, headers)).status).toBe(202);
    const { body } = await deliverGitHub('ping', {});
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
      await addSource({ type: 'gitlab', target: project.web_url, settings }),
      await addSource({ type: 'git', target: `${project.web_url}.git` }),
    ];
    expect((await deliverGitLab(pushed)).body).toMatchObject({ outcome: 'accepted', sourceIds: expected });
    expect(await queued()).toEqual(expected);
  });

  it('is acted on once for one idempotency key', async () => {
    await addSource({ type: 'git', target: project.web_url });
    const headers = { 'idempotency-key': createHash('sha256').update('one').digest('hex') };
    const outcomes = [await deliverGitLab(pushed, headers), await deliverGitLab(pushed, headers)];
    expect(outcomes.map(({ body }) => body['outcome'])).toEqual(['accepted', 'duplicate']);
  });

  it('makes discoveries and people of all groups above due', async () => {
    const groups = await addSource({
      type: 'gitlab-discovery',
      target: 'x',
      settings: { organisation: 'acme' },
    });
    const all = await addSource({ type: 'gitlab-discovery', target: 'y', settings: { organisation: '' } });
    const people = await addSource({ type: 'gitlab-org', target: 'z', settings: { organisation: 'acme' } });
    await addSource({ type: 'gitlab-discovery', target: 'w', settings: { organisation: 'other' } });
    const created = { event_name: 'project_create', path_with_namespace: 'acme/payments/new' };
    expect((await deliverGitLab(created)).body).toMatchObject({ sourceIds: [groups, all] });
    const joined = { event_name: 'user_add_to_group', group_path: 'acme/payments' };
    expect((await deliverGitLab(joined)).body).toMatchObject({ sourceIds: [people] });
  });

  it('is passed over when it deletes the branch', async () => {
    await addSource({ type: 'git', target: project.web_url });
    const deleted = { ...pushed, after: '0000000000000000000000000000000000000000' };
    expect((await deliverGitLab(deleted)).body).toMatchObject({ outcome: 'ignored' });
  });

  it.each([{ 'x-gitlab-token': 'wrong' }, { 'x-gitlab-token': SECRET }])(
    'is refused with %o',
    async (headers) => {
      expect(await deliverGitLab(pushed, headers)).toMatchObject({ status: 401 });
    },
  );
});
