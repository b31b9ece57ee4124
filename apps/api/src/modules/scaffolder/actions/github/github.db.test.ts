import { createTask, getRun, planRun, undoRun, type Run } from '@waymark/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually, useScaffolderServer } from '../../../../testing/scaffolder-server.ts';
import { templateText } from '../../../../testing/template-text.ts';
import { startWritableGitHub } from '../../../../testing/writable-github.ts';

const HOST = 'github.example.com';

const github = await startWritableGitHub();
const { ask } = github;
afterAll(() => github[Symbol.asyncDispose]());

const server = useScaffolderServer({
  config: {
    integrations: { github: [{ host: HOST, apiBaseUrl: github.url, token: github.token }], gitlab: [] },
  },
});

const templateOf = (name: string, steps: readonly object[]) =>
  templateText(name, [{ id: 'files', action: 'fetch:plain', input: { url: './skeleton' } }, ...steps], {
    parameters: [{ properties: { repoUrl: { type: 'string' } } }],
  });

const SKELETON = { 'skeleton/README.md': '# Shop\n', 'skeleton/src/index.js': 'export {};\n' };

async function run(templateRef: string, values: Record<string, string>): Promise<Run> {
  const { id } = await server.api.call(createTask, { body: { templateRef, values } });
  return eventually(async () => {
    const found = await server.api.call(getRun, { params: { taskId: id } });
    expect(['completed', 'failed']).toContain(found.status);
    return found;
  });
}

const repoUrl = (repo: string) => `${HOST}?owner=acme&repo=${repo}`;
const textAt = async (repo: string, path: string, ref: string) => {
  const file = await ask<{ content: string }>(`/repos/acme/${repo}/contents/${path}?ref=${ref}`);
  return Buffer.from(file.content, 'base64').toString();
};

describe('publish:github', () => {
  it('makes a repository with one commit, as the input says, and undoing takes it away again', async () => {
    const templateRef = await server.addTemplate('publish', {
      ...SKELETON,
      'template.yaml': templateOf('publish', [
        {
          id: 'publish',
          action: 'publish:github',
          input: {
            ...{ repoUrl: '${{ parameters.repoUrl }}', description: 'Sells things', defaultBranch: 'trunk' },
            ...{ gitCommitMessage: 'Begin', gitAuthorName: 'Alex', gitAuthorEmail: 'alex@example.com' },
            ...{
              topics: ['Shop'],
              repoVisibility: 'public',
              collaborators: [{ user: 'alex', access: 'push' }],
            },
          },
        },
        { id: 'fail', action: 'fs:read', input: { path: 'nowhere' } },
      ]),
    });
    const values = { repoUrl: repoUrl('shop') };
    const plan = await server.api.call(planRun, { body: { templateRef, values } });
    expect(plan.problems).toEqual([]);
    expect(plan.effects[0]?.sentence).toBe(`Creates the repository acme/shop on ${HOST}`);
    const failed = await run(templateRef, values);
    expect(failed.error?.message).toContain('There is no file or folder "nowhere"');
    expect(failed.effects).toMatchObject([{ kind: 'repository', state: 'done', canUndo: true }]);

    expect(await ask('/repos/acme/shop')).toMatchObject({
      ...{ description: 'Sells things', default_branch: 'trunk', private: false, topics: ['shop'] },
    });
    const commits = await ask<{ sha: string; commit: object }[]>('/repos/acme/shop/commits');
    expect(commits).toMatchObject([{ commit: { message: 'Begin', author: { name: 'Alex' } } }]);
    expect(await textAt('shop', 'src/index.js', 'trunk')).toBe('export {};\n');
    expect(await textAt('shop', '.waymark/template.yaml', 'trunk')).toContain(
      'ref: template:default/publish',
    );
    expect(await ask('/repos/acme/shop/branches')).toMatchObject([{ name: 'trunk', protected: true }]);

    const taken = await server.api.call(planRun, { body: { templateRef, values } });
    expect(taken.problems.map(({ message }) => message)).toEqual([
      `There is a repository acme/shop on ${HOST} already.`,
    ]);

    await server.api.call(undoRun, { params: { taskId: failed.id } });
    await eventually(() => expect(ask('/repos/acme/shop')).rejects.toThrow('404'));
  });

  it('leaves a repository of somebody else alone, and says whose name it is', async () => {
    await ask('/orgs/acme/repos', 'POST', { name: 'theirs', auto_init: true, description: 'Ours' });
    const templateRef = await server.addTemplate('publish-anywhere', {
      ...SKELETON,
      'template.yaml': templateOf('publish-anywhere', [
        { id: 'publish', action: 'publish', input: { repoUrl: '${{ parameters.repoUrl }}' } },
      ]),
    });
    const failed = await run(templateRef, { repoUrl: repoUrl('theirs') });
    expect(failed.error?.message).toBe(`There is a repository acme/theirs on ${HOST} already.`);
    expect(failed.effects).toEqual([]);
    expect(await ask('/repos/acme/theirs')).toMatchObject({ description: 'Ours' });
    const elsewhere = await run(templateRef, { repoUrl: `${HOST}?owner=alex&repo=mine` });
    expect(elsewhere.error?.message).toContain('alex is the account of a person');
    const made = await run(templateRef, { repoUrl: repoUrl('anywhere') });
    expect(made.error).toBeUndefined();
    expect(await textAt('anywhere', 'README.md', 'main')).toBe('# Shop\n');
  });
});

describe('publish:github:pull-request', () => {
  it('opens a request with what differs, labels it, and undoing closes it and removes its branch', async () => {
    await ask('/orgs/acme/repos', 'POST', { name: 'docs', auto_init: true });
    const path = '/repos/acme/docs/contents/guide/old.md';
    await ask(path, 'PUT', { message: 'Old', content: Buffer.from('old').toString('base64') });
    const propose = {
      id: 'propose',
      action: 'publish:github:pull-request',
      input: {
        ...{ repoUrl: '${{ parameters.repoUrl }}', branchName: 'add/docs', title: 'Add docs' },
        ...{ description: 'From a template.', targetPath: 'guide', filesToDelete: ['guide/old.md'] },
        reviewers: ['alex'],
      },
    };
    const templateRef = await server.addTemplate('propose', {
      ...SKELETON,
      'template.yaml': templateOf('propose', [
        propose,
        {
          id: 'label',
          action: 'github:issues:label',
          input: {
            repoUrl: '${{ parameters.repoUrl }}',
            number: '${{ steps.propose.output.pullRequestNumber }}',
            labels: ['template'],
          },
        },
        {
          id: 'hook',
          action: 'github:webhook',
          input: { repoUrl: '${{ parameters.repoUrl }}', webhookUrl: 'https://ci.example.com/hook' },
        },
        { id: 'fail', action: 'fs:read', input: { path: 'nowhere' } },
      ]),
    });
    const failed = await run(templateRef, { repoUrl: repoUrl('docs') });
    expect(failed.error?.message).toContain('"nowhere"');
    expect(failed.effects.map(({ kind, state }) => [kind, state])).toEqual([
      ...[
        ['branch', 'done'],
        ['pull-request', 'done'],
        ['other', 'done'],
        ['webhook', 'done'],
      ],
    ]);
    const [request] = await ask<{ number: number }[]>('/repos/acme/docs/pulls?state=open');
    const number = request?.number ?? 0;
    expect(await ask(`/repos/acme/docs/pulls/${number}`)).toMatchObject({
      ...{ title: 'Add docs', body: 'From a template.', base: { ref: 'main' }, head: { ref: 'add/docs' } },
      requested_reviewers: [{ login: 'alex' }],
    });
    const { tree } = await ask<{ tree: { path: string; type: string }[] }>(
      '/repos/acme/docs/git/trees/add%2Fdocs?recursive=1',
    );
    expect(tree.filter(({ type }) => type === 'blob').map(({ path: file }) => file)).toEqual(
      expect.arrayContaining(['README.md', 'guide/README.md', 'guide/src/index.js']),
    );
    expect(tree.map(({ path: file }) => file)).not.toContain('guide/old.md');
    expect(await ask(`/repos/acme/docs/issues/${number}/labels`)).toMatchObject([{ name: 'template' }]);
    expect(await ask('/repos/acme/docs/hooks')).toHaveLength(1);

    await server.api.call(undoRun, { params: { taskId: failed.id } });
    await eventually(async () => {
      const undone = await server.api.call(getRun, { params: { taskId: failed.id } });
      expect(undone.effects.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone', 'undone']);
    });
    expect(await ask(`/repos/acme/docs/pulls/${number}`)).toMatchObject({ state: 'closed' });
    expect(await ask('/repos/acme/docs/hooks')).toEqual([]);
    expect(await ask(`/repos/acme/docs/issues/${number}/labels`)).toEqual([]);
    await expect(ask('/repos/acme/docs/git/ref/heads/add/docs')).rejects.toThrow('404');
  });
});
