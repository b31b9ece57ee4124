import { afterAll, describe, expect, it } from 'vitest';
import { createIntegrations, createOutboundFetch } from '../../../../platform/outbound/index.ts';
import { prepareActionRun, ProcessEnded } from '../../../../testing/action-run.ts';
import { startWritableGitHub } from '../../../../testing/writable-github.ts';
import { createHostApis } from '../hosts/host-api.ts';
import { createGitHubActions } from './github-actions.ts';
import { createPublishGitHubPullRequest } from './publish-github-pull-request.ts';
import { createPublishGitHub } from './publish-github.ts';

const HOST = 'github.example.com';

const github = await startWritableGitHub();
const { ask } = github;
const fetchGuarded = createOutboundFetch({
  hosts: [{ host: new URL(github.url).host, isPrivateAllowed: true, isPlainHttpAllowed: true }],
});
afterAll(async () => {
  await fetchGuarded.close();
  await github[Symbol.asyncDispose]();
});

const services = {
  hosts: (host: string) => (host === HOST ? ('github' as const) : undefined),
  openApi: createHostApis(
    createIntegrations({ github: [{ host: HOST, apiBaseUrl: github.url, token: github.token }], gitlab: [] }),
    fetchGuarded,
  ),
  defaults: { name: 'Waymark', email: 'waymark@localhost', message: 'Initial commit' },
};

const repoUrl = (repo: string) => `${HOST}?owner=acme&repo=${repo}`;

describe('a step that is broken off between making something and writing it down', () => {
  it('fills the repository that it made, and makes no second one', async () => {
    const binary = Buffer.from([0, 255, 254, 1]);
    await using step = await prepareActionRun(createPublishGitHub(services), {
      'a.txt': 'a',
      'b.bin': binary,
    });
    const input = { repoUrl: repoUrl('once'), description: 'Once' };
    await expect(step.attempt(input, 'repository')).rejects.toThrow(ProcessEnded);
    const first = await ask<{ id: number; description: string }>('/repos/acme/once');
    expect(first.description).toBe('Waymark is filling this repository (run task-1).');
    const output = await step.attempt(input);
    expect(await step.attempt(input)).toEqual(output);
    expect(await ask('/repos/acme/once')).toMatchObject({ id: first.id, description: 'Once' });
    expect(await ask('/repos/acme/once/commits')).toMatchObject([{ sha: output['commitHash'] }]);
    const blob = await ask<{ content: string }>('/repos/acme/once/contents/b.bin');
    expect(Buffer.from(blob.content, 'base64')).toEqual(binary);
  });

  it('takes back what nobody has written down, and nothing that has got its name since', async () => {
    await using step = await prepareActionRun(createPublishGitHub(services), { 'a.txt': 'a' });
    await expect(step.attempt({ repoUrl: repoUrl('gone') }, 'repository')).rejects.toThrow(ProcessEnded);
    await step.undo();
    await expect(ask('/repos/acme/gone')).rejects.toThrow('404');
    await ask('/orgs/acme/repos', 'POST', { name: 'gone', description: 'Somebody else' });
    await step.undo();
    expect(await ask('/repos/acme/gone')).toMatchObject({ description: 'Somebody else' });
    await expect(step.attempt({ repoUrl: repoUrl('gone') })).rejects.toThrow('a repository acme/gone');
  });

  it('opens one pull request and adds one webhook', async () => {
    await ask('/orgs/acme/repos', 'POST', { name: 'docs', auto_init: true });
    const propose = { repoUrl: repoUrl('docs'), branchName: 'add', title: 'Add', description: '' };
    await using request = await prepareActionRun(createPublishGitHubPullRequest(services), { 'a.txt': 'a' });
    await expect(request.attempt(propose, 'branch')).rejects.toThrow(ProcessEnded);
    await expect(request.attempt(propose, 'pull-request')).rejects.toThrow(ProcessEnded);
    const opened = await request.attempt(propose);
    expect(await ask('/repos/acme/docs/pulls')).toMatchObject([{ number: opened['pullRequestNumber'] }]);
    await using second = await prepareActionRun(createPublishGitHubPullRequest(services), { 'b.txt': 'b' });
    await expect(second.attempt(propose)).rejects.toThrow('There is a branch add already.');
    const updated = await second.attempt({ ...propose, update: true });
    expect(updated['pullRequestNumber']).toBe(opened['pullRequestNumber']);

    const [webhook] = createGitHubActions(services).filter(({ id }) => id === 'github:webhook');
    if (!webhook) throw new Error('There is no action github:webhook.');
    await using hook = await prepareActionRun(webhook, {});
    const input = { repoUrl: repoUrl('docs'), webhookUrl: 'https://ci.example.com/hook', webhookSecret: 's' };
    await expect(hook.attempt(input, 'webhook')).rejects.toThrow(ProcessEnded);
    await hook.attempt(input);
    expect(await ask('/repos/acme/docs/hooks')).toHaveLength(1);
  });
});
