import type { LogEvent } from '@backstage/plugin-scaffolder-common';
import { listTaskEvents } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { componentYaml } from '../../testing/source-folder.ts';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

/** Backstage's own client against a started server with its workers. */

const server = useScaffolderServer();

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: greeting
  title: Greeting
  description: Writes a greeting
spec:
  type: service
  parameters:
    - title: Who
      required: [name]
      properties:
        name: { type: string, title: Name, minLength: 2 }
        count: { type: integer, default: 1 }
  steps:
    - id: render
      name: Render
      action: fetch:template
      input:
        url: ./skeleton
        values: { name: '\${{ parameters.name }}' }
    - id: entity
      action: catalog:write
      input:
        entity:
          apiVersion: backstage.io/v1alpha1
          kind: Component
          metadata: { name: '\${{ parameters.name }}' }
          spec: { type: service, lifecycle: experimental, owner: team-a }
    - id: say
      action: debug:log
      input: { message: 'Hello \${{ parameters.name }}', listWorkspace: true }
    - if: \${{ parameters.count > 5 }}
      action: debug:log
      input: { message: 'many' }
  output:
    links:
      - { title: Site, url: 'https://example.com/\${{ parameters.name }}' }
    text:
      - { title: Done, content: 'for \${{ user.ref }}' }
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'skeleton/${{ values.name }}.txt': 'Hello ${{ values.name | upper }}!\n',
};

/** All entries of a run, to its end. */
function logOf(taskId: string, after?: number): Promise<LogEvent[]> {
  return new Promise((resolve, reject) => {
    const events: LogEvent[] = [];
    server.client.streamLogs({ taskId, ...(after === undefined ? {} : { after }) }).subscribe({
      next: (event) => events.push(event),
      error: reject,
      complete: () => resolve(events),
    });
  });
}

describe('the stock ScaffolderClient', () => {
  it('reads the form, starts a run, follows its log to the end and reads the task', async () => {
    const templateRef = await server.addTemplate('greeting', FILES);
    const form = await server.client.getTemplateParameterSchema(templateRef);
    expect(form).toMatchObject({
      title: 'Greeting',
      steps: [{ title: 'Who', schema: { required: ['name'] } }],
    });
    const { taskId } = await server.client.scaffold({ templateRef, values: { name: 'world' } });
    const events = await logOf(taskId);
    const messages = events.map(({ body }) => body.message);
    expect(messages).toContain('Hello world');
    expect(messages.find((message) => message.startsWith('Workspace:'))).toBe(
      'Workspace:\n  - catalog-info.yaml\n  - world.txt',
    );
    expect(events.map(({ body }) => body.status).filter((status) => status !== undefined)).toEqual([
      ...['processing', 'completed', 'processing', 'completed', 'processing', 'completed', 'skipped'],
    ]);
    expect(events.at(-1)).toMatchObject({
      type: 'completion',
      body: { output: { links: [{ title: 'Site', url: 'https://example.com/world' }] } },
    });
    const task = await server.client.getTask(taskId);
    expect(task).toMatchObject({ status: 'completed', spec: { parameters: { name: 'world' } } });
  });

  it('lists actions with their schemas, and filters', async () => {
    const actions = await server.client.listActions();
    const fetchTemplate = actions.find(({ id }) => id === 'fetch:template');
    expect(fetchTemplate?.schema?.input).toMatchObject({ type: 'object', required: ['url'] });
    expect(fetchTemplate?.examples?.[0]?.example).toContain('action: fetch:template');
    expect(actions.map(({ id }) => id)).toEqual(actions.map(({ id }) => id).toSorted());
    const { filters } = await server.client.listTemplatingExtensions();
    expect(Object.keys(filters)).toContain('parseRepoUrl');
  });

  it('lists the runs of a person', async () => {
    const templateRef = await server.addTemplate('greeting', FILES);
    const { taskId } = await server.client.scaffold({ templateRef, values: { name: 'listed' } });
    const { tasks, totalTasks } = await server.client.listTasks({ filterByOwnership: 'owned', limit: 1 });
    expect(tasks).toMatchObject([{ id: taskId }]);
    expect(totalTasks).toBeGreaterThanOrEqual(1);
  });

  it('cancels a run that waits, which says so in its log', async () => {
    const templateRef = await server.addTemplate('waiting', {
      'template.yaml': templateYaml('waiting', [
        { id: 'wait', action: 'debug:wait', input: { seconds: 25 } },
        { id: 'never', action: 'debug:log', input: { message: 'never' } },
      ]),
    });
    const { taskId } = await server.client.scaffold({ templateRef, values: {} });
    await eventually(async () => {
      expect((await server.client.getTask(taskId)).status).toBe('processing');
    });
    const log = logOf(taskId);
    await server.client.cancelTask(taskId);
    const events = await log;
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['cancelled', 'completion']));
    expect(events.map(({ body }) => body.message)).not.toContain('never');
    expect((await server.client.getTask(taskId)).status).toBe('cancelled');
    await expect(server.client.cancelTask(taskId)).rejects.toThrow(/409/);
  });

  it('retries a failed run from the step that failed, with the same workspace', async () => {
    const templateRef = await server.addTemplate('late', {
      'template.yaml': templateYaml('late', [
        { id: 'write', action: 'fs:write', input: { path: 'a.txt', content: 'kept' } },
        { id: 'find', action: 'catalog:fetch', input: { entityRef: 'component:default/late-one' } },
        { id: 'read', action: 'fs:read', input: { path: 'a.txt' } },
        { id: 'say', action: 'debug:log', input: { message: 'read ${{ steps.read.output.content }}' } },
      ]),
    });
    const { taskId } = await server.client.scaffold({ templateRef, values: {} });
    const first = await logOf(taskId);
    expect(first.at(-1)?.body).toMatchObject({
      error: {
        message: 'The catalog has no component:default/late-one.',
        hint: expect.stringMatching(/reference/),
      },
    });
    expect((await server.client.getTask(taskId)).status).toBe('failed');
    await server.folder.write('late-one/catalog-info.yaml', componentYaml('late-one'));
    await eventually(async () => {
      const { rows } = await server.database.pool.query(
        `SELECT 1 FROM catalog_entity WHERE ref = 'component:default/late-one'`,
      );
      expect(rows).toHaveLength(1);
    });
    const failedAt = first.at(-1)?.id ?? 0;
    await server.client.retry(taskId);
    const messages = await eventually(async () => {
      const { status } = await server.client.getTask(taskId);
      expect(status).toBe('completed');
      const all = await logOf(taskId, failedAt);
      return all.map(({ body }) => body.message);
    });
    expect(messages).toContain('read kept');
    expect(messages).not.toContain('Beginning step fs:write');
  });

  it('goes on with a cancelled run where it was broken off', async () => {
    const templateRef = await server.addTemplate('resumed', {
      'template.yaml': templateYaml('resumed', [
        { id: 'write', action: 'fs:write', input: { path: 'a.txt', content: 'kept' } },
        { id: 'wait', action: 'debug:wait', input: { seconds: 3 } },
        { id: 'read', action: 'fs:read', input: { path: 'a.txt' } },
      ]),
    });
    const { taskId } = await server.client.scaffold({ templateRef, values: {} });
    await eventually(async () => {
      const events = await server.api.call(listTaskEvents, { params: { taskId }, query: {} });
      expect(events.map(({ body }) => body.message)).toContain('Beginning step debug:wait');
    });
    await server.client.cancelTask(taskId);
    const cancelled = await logOf(taskId);
    await server.client.retry(taskId);
    await eventually(async () => {
      expect((await server.client.getTask(taskId)).status).toBe('completed');
    });
    const after = await logOf(taskId, cancelled.at(-1)?.id ?? 0);
    expect(after.map(({ body }) => body.message)).not.toContain('Beginning step fs:write');
  });

  it('asks nothing of a page that the answers hide', async () => {
    const steps = [{ id: 'say', action: 'debug:log', input: { message: 'shown' } }];
    const pages = [
      { properties: { isPublic: { type: 'boolean' } } },
      { when: 'parameters.isPublic', required: ['host'], properties: { host: { type: 'string' } } },
      { 'backstage:featureFlag': 'later', required: ['flag'], properties: { flag: { type: 'string' } } },
    ];
    const templateRef = await server.addTemplate('paged', {
      'template.yaml': templateYaml('paged', steps, pages),
    });
    await expect(server.client.scaffold({ templateRef, values: { isPublic: true } })).rejects.toThrow(
      /values\/host/,
    );
    const { taskId } = await server.client.scaffold({ templateRef, values: { isPublic: false } });
    expect((await logOf(taskId)).at(-1)?.type).toBe('completion');
  });

  it('runs a template dry that is nowhere registered, with the files that it is given', async () => {
    const result = await server.client.dryRun({
      // The client's type wants more of an entity than a template has.
      template: parse(TEMPLATE),
      values: { name: 'dry', count: 7 },
      directoryContents: [
        {
          path: 'skeleton/README.md',
          base64Content: Buffer.from('# ${{ values.name }}\n').toString('base64'),
        },
      ],
    });
    const files = new Map(result.directoryContents.map((file) => [file.path, file.base64Content]));
    expect(Buffer.from(files.get('README.md') ?? '', 'base64').toString()).toBe('# dry\n');
    expect([...files.keys()]).toEqual(['README.md', 'catalog-info.yaml']);
    expect(result.log.map(({ body }) => body.message)).toContain('many');
    expect(result.output).toMatchObject({ links: [{ url: 'https://example.com/dry' }] });
  });

  it('refuses answers that do not fit, and templates that need what is not there, before anything runs', async () => {
    const templateRef = await server.addTemplate('greeting', FILES);
    await expect(server.client.scaffold({ templateRef, values: { name: 'x' } })).rejects.toThrow(
      /values\/name must NOT have fewer than 2 characters/,
    );
    const broken = await server.addTemplate('broken', {
      'template.yaml': templateYaml('broken', [
        { id: 'a', action: 'no:such', input: { x: '${{ parameters.x | nothing }}' } },
        { id: 'b', action: 'debug:log', input: { message: '${{ frobnicate() }}' } },
      ]),
    });
    const refusal = server.client.scaffold({ templateRef: broken, values: {} });
    await expect(refusal).rejects.toThrow(/no:such/);
    await expect(refusal).rejects.toThrow(/filter \\?"nothing/);
    await expect(refusal).rejects.toThrow(/function \\?"frobnicate/);
    await expect(server.client.getTemplateParameterSchema('template:default/nowhere')).rejects.toThrow(/404/);
  });
});

/** A template of these steps, without a form unless pages are given. JSON is YAML. */
function templateYaml(name: string, steps: readonly object[], parameters: readonly object[] = []): string {
  return JSON.stringify({
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name },
    spec: { type: 'service', parameters, steps },
  });
}
