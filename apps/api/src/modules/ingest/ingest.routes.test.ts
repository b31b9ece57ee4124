import { createRequire } from 'node:module';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWebhookServer, type WebhookServer } from '../../testing/webhook-server.ts';

interface Example {
  name: string;
  examples: Record<string, unknown>[];
}
// The package is JSON without types of a module.
const github = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];

const database = useTestDatabase();
let webhooks: WebhookServer;

beforeAll(async () => {
  webhooks = await startWebhookServer(database().url);
});
afterAll(() => webhooks[Symbol.asyncDispose]());
beforeEach(() => webhooks.clear());

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
      await webhooks.addSource({ type: 'github', target: url, settings: { fullName, branch } }),
      await webhooks.addSource({ type: 'git', target: `${url}.git` }),
      await webhooks.addSource({ type: 'git', target: ssh, branch }),
      await webhooks.addSource({ type: 'url', target: `${url}/blob/${branch}/catalog-info.yaml` }),
    ];
    await webhooks.addSource({ type: 'git', target: `${url}-other` });
    await webhooks.addSource({ type: 'git', target: url, branch: 'another' });
    await webhooks.addSource({ type: 'url', target: `${url}/blob/another/catalog-info.yaml` });
    await webhooks.addSource({ type: 'github', target: url, settings: { fullName: `${fullName}x`, branch } });

    const { status, body } = await webhooks.deliverGitHub('push', push(`refs/heads/${branch}`));
    expect(status).toBe(202);
    expect(body).toMatchObject({ outcome: 'accepted', sourceIds: expected });
    expect(await webhooks.queued()).toEqual(expected);
    const { rows } = await webhooks.server.database.pool.query('SELECT actor, details FROM audit_entry');
    expect(rows).toMatchObject([{ actor: 'webhook:github/main', details: { sourceIds: expected } }]);
  });

  it('is passed over when it is to a branch that no source reads', async () => {
    const { full_name: fullName, html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    await webhooks.addSource({ type: 'github', target: url, settings: { fullName, branch } });
    for (const ref of ['refs/heads/feature', `refs/tags/${branch}`]) {
      const { status, body } = await webhooks.deliverGitHub('push', push(ref));
      expect({ status, outcome: body['outcome'] }).toEqual({ status: 202, outcome: 'ignored' });
    }
    expect(await webhooks.queued()).toEqual([]);
  });

  it('wakes the worker when it has committed', async () => {
    const { html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    const id = await webhooks.addSource({ type: 'git', target: url });
    const notified = Promise.withResolvers<void>();
    const connected = Promise.withResolvers<void>();
    const listener = webhooks.server.database.listen('waymark_sources', {
      onConnected: () => connected.resolve(),
      onConnectionLost: () => {},
      onNotification: () => notified.resolve(),
    });
    await connected.promise;
    await webhooks.deliverGitHub('push', push(`refs/heads/${branch}`));
    await notified.promise;
    expect(await webhooks.queued()).toEqual([id]);
    await listener.close();
  });

  it('is acted on once, however often it is delivered', async () => {
    const { html_url: url, default_branch: branch } = repositoryOf(push('refs/heads/x'));
    await webhooks.addSource({ type: 'git', target: url });
    const again = { 'x-github-delivery': 'the-same' };
    const first = await webhooks.deliverGitHub('push', push(`refs/heads/${branch}`), again);
    await webhooks.server.database.pool.query(`UPDATE catalog_source SET state = 'ready'`);
    const second = await webhooks.deliverGitHub('push', push(`refs/heads/${branch}`), again);
    expect([first.body['outcome'], second.body['outcome']]).toEqual(['accepted', 'duplicate']);
    expect(await webhooks.queued()).toEqual([]);
  });
});

describe('events of GitHub about repositories and people', () => {
  it('make the discovery of their organisation look again', async () => {
    const example = examplesOf('repository').find(({ action }) => action === 'created');
    const organisation = repositoryOf(example).owner.login;
    const id = await webhooks.addSource({
      type: 'github-discovery',
      target: 'x',
      settings: { organisation },
    });
    await webhooks.addSource({
      type: 'github-discovery',
      target: 'y',
      settings: { organisation: 'somebody-else' },
    });
    for (const action of ['created', 'renamed', 'archived', 'deleted', 'transferred']) {
      await webhooks.server.database.pool.query(`UPDATE catalog_source SET state = 'ready'`);
      const { body } = await webhooks.deliverGitHub('repository', { ...example, action });
      expect(body).toMatchObject({ outcome: 'accepted', sourceIds: [id] });
    }
  });

  it('concern the former owner of a repository that was transferred', async () => {
    const example = examplesOf('repository')[0];
    const id = await webhooks.addSource({
      type: 'github-discovery',
      target: 'x',
      settings: { organisation: 'before' },
    });
    const changes = { owner: { from: { organization: { login: 'Before' } } } };
    const { body } = await webhooks.deliverGitHub('repository', {
      ...example,
      action: 'transferred',
      changes,
    });
    expect(body).toMatchObject({ sourceIds: [id] });
  });

  it('make people and teams of the organisation be read again', async () => {
    const [example] = examplesOf('membership');
    // As in GitHub's own example.
    const { login } = example?.['organization'] as { login: string };
    const id = await webhooks.addSource({
      type: 'github-org',
      target: 'x',
      settings: { organisation: login },
    });
    const { body } = await webhooks.deliverGitHub('membership', example);
    expect(body).toMatchObject({ outcome: 'accepted', sourceIds: [id] });
  });

  it('are all taken without an error, in each of the examples that GitHub publishes', async () => {
    let taken = 0;
    for (const { name, examples } of github) {
      for (const payload of examples) {
        const { status } = await webhooks.deliverGitHub(name, payload);
        expect({ name, status }).toEqual({ name, status: 202 });
        taken += 1;
      }
    }
    expect(taken).toBeGreaterThan(200);
  });
});
