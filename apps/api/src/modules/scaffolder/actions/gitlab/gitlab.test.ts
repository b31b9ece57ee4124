import { afterAll, describe, expect, it } from 'vitest';
import { createIntegrations, createOutboundFetch } from '../../../../platform/outbound/index.ts';
import { prepareActionRun, ProcessEnded } from '../../../../testing/action-run.ts';
import { startWritableGitLab } from '../../../../testing/writable-gitlab.ts';
import { createHostApis } from '../hosts/host-api.ts';
import { createGitLabVariableAction } from './gitlab-variables.ts';
import { createPublishGitLabMergeRequest } from './publish-gitlab-merge-request.ts';
import { createPublishGitLab } from './publish-gitlab.ts';

const HOST = 'gitlab.example.com';
const gitlab = await startWritableGitLab();
const fetchGuarded = createOutboundFetch({
  hosts: [{ host: new URL(gitlab.url).host, isPrivateAllowed: true, isPlainHttpAllowed: true }],
});
afterAll(async () => {
  await fetchGuarded.close();
  await gitlab[Symbol.asyncDispose]();
});

const servicesWith = (token: string | undefined) => ({
  hosts: (host: string) => (host === HOST ? ('gitlab' as const) : undefined),
  openApi: createHostApis(
    createIntegrations({ github: [], gitlab: [{ host: HOST, apiBaseUrl: gitlab.url, token }] }),
    fetchGuarded,
  ),
  defaults: { name: 'Waymark', email: 'waymark@localhost', message: 'Initial commit' },
});
const services = servicesWith('gitlab-token');
const repoUrl = (repo: string) => `${HOST}?owner=acme&repo=${repo}`;
const projectOf = (repo: string) => gitlab.projects.find(({ path }) => path === `acme/${repo}`);

describe('publish:gitlab', () => {
  it('makes a project with one commit and the settings of the input, whenever it is broken off', async () => {
    await using step = await prepareActionRun(createPublishGitLab(services), {
      'a.txt': 'a',
      'src/b.txt': 'b',
    });
    const input = {
      ...{ repoUrl: repoUrl('shop'), description: 'Sells', topics: ['shop'], gitAuthorName: 'Alex' },
      ...{ settings: { merge_method: 'ff' }, projectVariables: [{ key: 'REGION', value: 'eu' }] },
    };
    await expect(step.attempt(input, 'repository')).rejects.toThrow(ProcessEnded);
    expect(projectOf('shop')?.settings['description']).toBe('Waymark is filling this project (run task-1).');
    const output = await step.attempt(input);
    expect(await step.attempt(input)).toEqual(output);
    expect(output).toMatchObject({
      projectId: projectOf('shop')?.id,
      repoContentsUrl: 'https://gitlab.com/acme/shop/-/blob/main',
    });
    const [shop, ...others] = gitlab.projects;
    expect(others).toEqual([]);
    expect(shop?.settings).toMatchObject({ description: 'Sells', topics: ['shop'], merge_method: 'ff' });
    const main = shop?.branches.get('main');
    expect(main).toMatchObject({ message: 'Initial commit', author: 'Alex' });
    expect([...(main?.files ?? [])].map(([path]) => path)).toEqual([
      '.waymark/template.yaml',
      'a.txt',
      'src/b.txt',
    ]);
    expect(shop?.variables.get('REGION *')).toMatchObject({ value: 'eu' });
    await step.undo();
    expect(gitlab.projects).toEqual([]);
  });

  it('says what is in the way: a name, a group, a token', async () => {
    await using first = await prepareActionRun(createPublishGitLab(services), { 'a.txt': 'a' });
    await first.attempt({ repoUrl: repoUrl('taken') });
    await using second = await prepareActionRun(createPublishGitLab(services), { 'a.txt': 'a' });
    await expect(second.attempt({ repoUrl: repoUrl('taken') })).rejects.toThrow(
      `There is a project acme/taken on ${HOST} already.`,
    );
    await second.undo();
    expect(projectOf('taken')).toBeDefined();
    await expect(second.attempt({ repoUrl: `${HOST}?owner=nobody&repo=x` })).rejects.toThrow(
      'no group nobody',
    );
    const signal = new AbortController().signal;
    const without = createPublishGitLab(servicesWith(undefined));
    const actor = { ref: 'user:default/guest' };
    expect(await without.check({ repoUrl: repoUrl('x') }, { signal, actor })).toMatchObject([
      { message: `The configuration has no token for ${HOST}.` },
    ]);
    expect(await without.check({ repoUrl: repoUrl('x'), token: 'wrong' }, { signal, actor })).toMatchObject([
      { message: `${HOST} refused with status 401: 401 Unauthorized` },
    ]);
    await first.undo();
  });
});

describe('publish:gitlab:merge-request', () => {
  it('proposes only what differs, once, and undoing closes it', async () => {
    await using project = await prepareActionRun(createPublishGitLab(services), {
      'a.txt': 'a',
      'b.txt': 'b',
    });
    await project.attempt({ repoUrl: repoUrl('docs') });
    await using step = await prepareActionRun(createPublishGitLabMergeRequest(services), {
      ...{ 'a.txt': 'a', 'b.txt': 'changed', 'c.txt': 'new' },
    });
    const input = {
      ...{ repoUrl: repoUrl('docs'), branchName: 'add/docs', title: 'Add docs', labels: ['one', 'two'] },
      ...{ assignee: 'alex', reviewers: ['alex', 'nobody'] },
    };
    const told = await step.publication(input);
    expect(told).toMatchObject({ title: `acme/docs on ${HOST}`, existing: { removed: [] } });
    const before = told?.existing?.blobs.get('b.txt') ?? '';
    expect((await told?.existing?.read(before))?.toString()).toBe('b');
    const removing = await step.publication({ ...input, commitAction: 'delete', sourcePath: '.' });
    expect(removing).toMatchObject({ files: [], existing: { removed: ['a.txt', 'b.txt', 'c.txt'] } });
    await expect(step.attempt(input, 'branch')).rejects.toThrow(ProcessEnded);
    await expect(step.attempt(input, 'pull-request')).rejects.toThrow(ProcessEnded);
    expect(await step.attempt(input)).toMatchObject({
      ...{ targetBranchName: 'main', projectPath: 'acme/docs', mergeRequestId: 1 },
    });
    const docs = projectOf('docs');
    expect(docs?.mergeRequests).toMatchObject([
      { source_branch: 'add/docs', labels: 'one,two', assignee_id: 5, reviewer_ids: [5] },
    ]);
    expect([...(docs?.branches.get('add/docs')?.files ?? [])].slice(1)).toEqual([
      ['a.txt', 'a'],
      ['b.txt', 'changed'],
      ['c.txt', 'new'],
    ]);
    await using again = await prepareActionRun(createPublishGitLabMergeRequest(services), { 'a.txt': 'a' });
    await expect(again.attempt({ ...input, branchName: 'same' })).rejects.toThrow('nothing to propose');
    await expect(again.attempt(input)).rejects.toThrow('There is a branch add/docs already.');
    await step.undo();
    expect(docs?.mergeRequests).toMatchObject([{ state: 'closed' }]);
    expect([...(docs?.branches.keys() ?? [])]).toEqual(['main']);
  });
});

describe('gitlab:projectVariable:create', () => {
  it('sets a variable of a scope and takes it back', async () => {
    await using project = await prepareActionRun(createPublishGitLab(services), { 'a.txt': 'a' });
    const { projectId = null } = await project.attempt({ repoUrl: repoUrl('variables') });
    await using step = await prepareActionRun(createGitLabVariableAction(services), {});
    const input = {
      ...{ repoUrl: repoUrl('variables'), projectId, key: 'KEY', value: 'v', environmentScope: 'production' },
    };
    await step.attempt(input);
    expect([...(projectOf('variables')?.variables ?? [])]).toMatchObject([
      ['KEY production', { key: 'KEY', value: 'v', variable_type: 'env_var', masked: false }],
    ]);
    await step.undo();
    expect(projectOf('variables')?.variables.size).toBe(0);
  });
});
