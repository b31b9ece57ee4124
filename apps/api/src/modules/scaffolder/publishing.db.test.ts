import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTask, getEntityByName, getRun, planRun, undoRun, type Run } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

const server = useScaffolderServer();
const git = promisify(execFile);

const TEMPLATE = JSON.stringify({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'service' },
  spec: {
    type: 'service',
    parameters: [
      {
        required: ['name', 'repoUrl'],
        properties: { name: { type: 'string' }, repoUrl: { type: 'string' } },
      },
    ],
    steps: [
      {
        id: 'render',
        action: 'fetch:template',
        input: { url: './skeleton', values: { name: '${{ parameters.name }}' } },
      },
      { id: 'publish', action: 'publish', input: { repoUrl: '${{ parameters.repoUrl }}' } },
      {
        id: 'register',
        action: 'catalog:register',
        input: { repoContentsUrl: '${{ steps.publish.output.repoContentsUrl }}' },
      },
      { id: 'fail', if: '${{ parameters.isFailing }}', action: 'fs:read', input: { path: 'nowhere' } },
    ],
    output: { links: [{ title: 'Catalog', entityRef: '${{ steps.register.output.entityRef }}' }] },
  },
});
const FILES = {
  'template.yaml': TEMPLATE,
  'skeleton/catalog-info.yaml':
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${{ values.name }}\nspec:\n  type: service\n  lifecycle: experimental\n  owner: team-a\n',
  'skeleton/src/index.js': 'export const name = "${{ values.name }}";\n',
};

const repoUrl = (owner: string, repo: string) => `${new URL(server.url).host}?owner=${owner}&repo=${repo}`;

async function ended(taskId: string): Promise<Run> {
  return eventually(async () => {
    const run = await server.api.call(getRun, { params: { taskId } });
    expect(['completed', 'failed']).toContain(run.status);
    return run;
  });
}

describe('publishing to the repositories of the server', () => {
  it('makes a repository that stock git clones, and the catalog shows what is in it', async () => {
    const templateRef = await server.addTemplate('service', FILES);
    const values = { name: 'shop', repoUrl: repoUrl('team-a', 'shop') };
    const plan = await server.api.call(planRun, { body: { templateRef, values } });
    expect(plan.problems).toEqual([]);
    expect(plan.effects.map(({ sentence }) => sentence)).toEqual([
      'Creates the repository team-a/shop on this server',
      'Registers the new repository in the catalog',
    ]);
    const { id } = await server.api.call(createTask, { body: { templateRef, values } });
    const run = await ended(id);
    expect(run.error).toBeUndefined();
    expect(run).toMatchObject({
      status: 'completed',
      entityRef: 'component:default/shop',
      links: [{ entityRef: 'component:default/shop' }],
      effects: [
        { kind: 'repository', state: 'done' },
        { kind: 'registration', state: 'done' },
      ],
    });
    const entity = await eventually(() =>
      server.api.call(getEntityByName, {
        params: { kind: 'component', namespace: 'default', name: 'shop' },
        query: {},
      }),
    );
    expect(entity.metadata.annotations?.['backstage.io/source-location']).toContain(
      '/repositories/team-a/shop/',
    );
    const clone = await mkdtemp(path.join(tmpdir(), 'waymark-clone-'));
    await git('git', ['clone', '--quiet', `${server.url}/git/team-a/shop.git`, clone]);
    expect(await readFile(path.join(clone, 'src/index.js'), 'utf8')).toBe('export const name = "shop";\n');
    const record: unknown = parse(await readFile(path.join(clone, '.waymark/template.yaml'), 'utf8'));
    expect(record).toMatchObject({
      template: { ref: 'template:default/service', version: expect.stringMatching(/^[0-9a-f]{40}$/) },
      values,
      files: { 'src/index.js': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    await rm(clone, { recursive: true });
    const again = await server.api.call(planRun, { body: { templateRef, values } });
    expect(again.problems).toMatchObject([{ message: expect.stringMatching(/team-a\/shop .* already/) }]);
  });

  it('takes everything back that a failed run has made, the newest first', async () => {
    const templateRef = await server.addTemplate('service', FILES);
    const values = { name: 'sorry', repoUrl: repoUrl('team-a', 'sorry'), isFailing: true };
    const { id } = await server.api.call(createTask, { body: { templateRef, values } });
    const failed = await ended(id);
    expect(failed).toMatchObject({
      status: 'failed',
      error: { stepId: 'fail' },
      can: { undo: true, retry: true },
    });
    await server.api.call(undoRun, { params: { taskId: id } });
    const undone = await eventually(async () => {
      const run = await server.api.call(getRun, { params: { taskId: id } });
      expect(run.undo?.state).toBe('done');
      return run;
    });
    expect(undone.effects.map(({ state }) => state)).toEqual(['undone', 'undone']);
    await expect(git('git', ['ls-remote', `${server.url}/git/team-a/sorry.git`])).rejects.toThrow();
    const { rows } = await server.database.pool.query(
      `SELECT 1 FROM catalog_entity WHERE ref = 'component:default/sorry'`,
    );
    expect(rows).toEqual([]);
  });

  it('claims nothing that somebody else has made', async () => {
    const templateRef = await server.addTemplate('service', FILES);
    const values = { name: 'wanted', repoUrl: repoUrl('team-a', 'wanted') };
    const first = await server.api.call(createTask, { body: { templateRef, values } });
    expect((await ended(first.id)).status).toBe('completed');
    const { id } = await server.api.call(createTask, { body: { templateRef, values } });
    expect(await ended(id)).toMatchObject({
      ...{ status: 'failed', effects: [], can: { undo: false, retry: true } },
      error: { stepId: 'publish', message: expect.stringMatching(/team-a\/wanted .* already/) },
    });
  });
});
