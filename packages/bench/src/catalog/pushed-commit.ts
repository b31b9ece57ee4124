import { execFile } from 'node:child_process';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getEntityByName, ingestWebhook } from '@waymark/contracts';
import { median } from '../support/percentile.ts';
import { ReplyError, requestPath, type ServerClient } from '../support/server-client.ts';

/** A Git repository that the server reads besides the catalog, with a webhook that tells of each push. */
export interface PushedRepository {
  /** Address of the repository for the server's configuration. */
  url: string;
  secret: string;
  /** The clone that is committed in. */
  directory: string;
}

/** Name of the connection in the server's configuration. */
export const WEBHOOK_CONNECTION = 'bench';

const repetitions = 5;
const COMPONENT = 'pushed-by-the-benchmark';
const run = promisify(execFile);

/** Makes the repository, without a descriptor so far. */
export async function makePushedRepository(home: string): Promise<PushedRepository> {
  const bare = join(home, 'pushed.git');
  const directory = join(home, 'pushed');
  await mkdir(directory);
  await git(home, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  await git(home, 'clone', '--quiet', bare, directory);
  await git(directory, 'checkout', '--quiet', '-b', 'main');
  await writeFile(join(directory, 'README.md'), 'Nothing to see yet.\n');
  await commitAndPush(directory, 'Begin');
  return { url: `file://${bare}`, secret: randomBytes(16).toString('hex'), directory };
}

/** From the end of a push until queries see it, in seconds: the median of {@link repetitions}. */
export async function measurePush(
  { url, secret, directory }: PushedRepository,
  client: ServerClient,
  baseUrl: string,
): Promise<number> {
  const seconds: number[] = [];
  for (let turn = 0; turn <= repetitions; turn += 1) {
    const title = `Pushed ${turn}`;
    await writeFile(join(directory, 'catalog-info.yaml'), descriptor(title));
    await commitAndPush(directory, title);
    const startedAt = performance.now();
    await deliver(baseUrl, secret, url);
    await untilSeen(client, title);
    // The first one makes the component; it was asked for before it was there.
    if (turn > 0) seconds.push((performance.now() - startedAt) / 1000);
  }
  return median(seconds);
}

async function untilSeen(client: ServerClient, title: string): Promise<void> {
  const params = { kind: 'component', namespace: 'default', name: COMPONENT };
  for (;;) {
    try {
      await client.pollUntil(getEntityByName, { params }, ({ metadata }) => metadata.title === title);
      return;
    } catch (error) {
      if (!(error instanceof ReplyError) || error.status !== 404) throw error;
    }
  }
}

/** A delivery as GitHub sends it after a push, with what Waymark reads of it. */
async function deliver(baseUrl: string, secret: string, address: string): Promise<void> {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: {
      full_name: 'bench/pushed',
      default_branch: 'main',
      html_url: address,
      owner: { login: 'bench' },
    },
  });
  const path = requestPath(ingestWebhook, { params: { source: 'github', connection: WEBHOOK_CONNECTION } });
  const response = await fetch(baseUrl + path, {
    method: ingestWebhook.method,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  });
  const { outcome, reason } = ingestWebhook.reply.parse(await response.json());
  if (outcome !== 'accepted') throw new Error(`The delivery was ${outcome}: ${reason}`);
}

function descriptor(title: string): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    `metadata: { name: ${COMPONENT}, title: ${title} }`,
    'spec: { type: service, lifecycle: production, owner: bench }',
    '',
  ].join('\n');
}

async function commitAndPush(directory: string, message: string): Promise<void> {
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--message', message);
  await git(directory, 'push', '--quiet', 'origin', 'main');
}

/** Git without any configuration of this machine. */
async function git(directory: string, ...args: string[]): Promise<void> {
  const who = { NAME: 'Waymark benchmark', EMAIL: 'bench@example.com' };
  await run('git', ['-C', directory, ...args], {
    env: {
      ...{ PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
      ...{ GIT_AUTHOR_NAME: who.NAME, GIT_AUTHOR_EMAIL: who.EMAIL },
      ...{ GIT_COMMITTER_NAME: who.NAME, GIT_COMMITTER_EMAIL: who.EMAIL },
    },
  });
}
