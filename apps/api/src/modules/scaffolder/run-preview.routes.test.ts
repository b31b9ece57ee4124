import {
  previewLimits,
  previewRun,
  previewTemplate,
  type PreviewFile,
  type RunPreview,
} from '@waymark/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { templateText } from '../../testing/template-text.ts';
import { startWritableGitHub } from '../../testing/writable-github.ts';

/** The files that a run would make, told before it makes anything. */

const HOST = 'github.example.com';

const github = await startWritableGitHub();
afterAll(() => github[Symbol.asyncDispose]());
const server = useScaffolderServer({
  config: {
    integrations: { github: [{ host: HOST, apiBaseUrl: github.url, token: github.token }], gitlab: [] },
  },
});

const parameters = [
  { required: ['name'], properties: { name: { type: 'string', pattern: '^[a-z]+$' } } },
] as const;
const fill = {
  id: 'fill',
  action: 'fetch:template',
  input: { url: './skeleton', values: { name: '${{ parameters.name }}' } },
};
/** The server has a port only once it runs. */
const publish = () => ({
  ...{ id: 'publish', name: 'Publish it', action: 'publish:waymark' },
  input: { repoUrl: `${new URL(server.url).host}?owner=acme&repo=\${{ parameters.name }}` },
});

const preview = (templateRef: string, values: object = { name: 'shop' }): Promise<RunPreview> =>
  server.api.call(previewRun, { body: { templateRef, values: values as Record<string, string> } });

const named = (files: readonly PreviewFile[] = []) =>
  Object.fromEntries(files.map(({ path, ...file }) => [path, file]));

describe('the preview of a run', () => {
  it('has the files of each publication as they are when it is made, with the record, and makes nothing', async () => {
    const templateRef = await server.addTemplate('preview', {
      'skeleton/README.md': '# ${{ values.name }}\n',
      'skeleton/${{ values.name }}.txt': 'for ${{ values.name }}\n',
      'template.yaml': templateText(
        'preview',
        [
          fill,
          publish(),
          {
            id: 'after',
            action: 'fs:write',
            input: { path: 'later.txt', content: '${{ steps.publish.output.remoteUrl }}' },
          },
        ],
        { parameters },
      ),
    });
    const { publications, problem } = await preview(templateRef);
    expect(problem).toBeUndefined();
    const [publication, ...others] = publications;
    expect(others).toEqual([]);
    expect(publication).toMatchObject({
      ...{ stepId: 'publish', stepName: 'Publish it', title: 'acme/shop on this server' },
      ...{ isExisting: false, moreFiles: 0 },
    });
    const files = named(publication?.files);
    expect(Object.keys(files)).toEqual(['.waymark/template.yaml', 'README.md', 'shop.txt']);
    expect(files['README.md']).toEqual({
      ...{ bytes: 7, isExecutable: false, change: 'added', text: '# shop\n' },
    });
    expect(files['.waymark/template.yaml']?.text).toContain('name: shop');
    const { rows } = await server.database.pool.query(
      `SELECT (SELECT count(*) FROM hosted_repository) AS repositories, (SELECT count(*) FROM scaffolder_run) AS runs`,
    );
    expect(rows).toEqual([{ repositories: '0', runs: '0' }]);
  });

  it('reads a skeleton that lies outside the folder of the template, and shows a workspace that nobody publishes', async () => {
    await server.folder.write('shared/skeleton/run.sh', '#!/bin/sh\necho ${{ values.name }}\n');
    await server.folder.write('shared/skeleton/logo.png', '\0\u0001');
    const templateRef = await server.addTemplate('outside', {
      'template.yaml': templateText(
        'outside',
        [{ ...fill, input: { ...fill.input, url: '../shared/skeleton' } }],
        {
          parameters,
        },
      ),
    });
    const { publications } = await preview(templateRef);
    expect(publications).toMatchObject([{ stepId: '', title: 'the workspace of the run' }]);
    const files = named(publications[0]?.files);
    expect(files['run.sh']?.text).toBe('#!/bin/sh\necho shop\n');
    expect(files['logo.png']).toEqual({ bytes: 2, isExecutable: false, change: 'added' });
  });

  it('lists no more files and shows no longer texts than people can look at, and counts the rest', async () => {
    const count = previewLimits.maxFiles + 5;
    const templateRef = await server.addTemplate('many', {
      'template.yaml': templateText('many', [
        {
          ...{ id: 'long', action: 'fs:write' },
          input: { path: 'a-long.txt', content: "${{ range(0, 30000) | join('x') }}" },
        },
        {
          ...{ id: 'many', action: 'roadiehq:utils:fs:write', each: `\${{ range(0, 900) }}` },
          input: { path: 'b-${{ each.key }}.txt', content: 'b' },
        },
        ...['c', 'd'].map((letter) => ({
          ...{
            id: letter,
            action: 'roadiehq:utils:fs:write',
            each: `\${{ range(0, ${(count - 901) / 2}) }}`,
          },
          input: { path: `${letter}-\${{ each.key }}.txt`, content: letter },
        })),
      ]),
    });
    const { publications, problem } = await preview(templateRef, {});
    expect(problem).toBeUndefined();
    expect(publications[0]?.files).toHaveLength(previewLimits.maxFiles);
    expect(publications[0]?.moreFiles).toBe(5);
    const [long] = publications[0]?.files ?? [];
    expect(long).toMatchObject({ path: 'a-long.txt', change: 'added' });
    expect(long?.bytes).toBeLessThan(previewLimits.maxTextBytes);
  });

  it('ends where the run would, with what comes before and the reason', async () => {
    const templateRef = await server.addTemplate('stops', {
      'skeleton/README.md': 'x',
      'template.yaml': templateText(
        'stops',
        [fill, publish(), { id: 'read', action: 'fs:read', input: { path: 'nowhere' } }],
        { parameters },
      ),
    });
    const { publications, problem } = await preview(templateRef);
    expect(publications.map(({ stepId }) => stepId)).toEqual(['publish']);
    expect(problem).toMatchObject({ at: 'read', message: expect.stringContaining('"nowhere"') as string });
  });

  it('refuses answers that the form does not take', async () => {
    await expect(preview('template:default/preview', { name: 'NO' })).rejects.toMatchObject({
      code: 'scaffolder.values-invalid',
    });
    await expect(preview('template:default/nothing')).rejects.toMatchObject({
      code: 'scaffolder.template-not-found',
    });
  });

  it('holds a pull request against the branch that it is for', async () => {
    const put = (path: string, text: string) =>
      github.ask(`/repos/acme/docs/contents/${path}`, 'PUT', {
        ...{ message: 'Write', content: Buffer.from(text).toString('base64') },
      });
    await github.ask('/orgs/acme/repos', 'POST', { name: 'docs', auto_init: true });
    await put('guide/README.md', '# Old\n');
    await put('guide/same.txt', 'same\n');
    await put('guide/gone.txt', 'gone\n');
    const templateRef = await server.addTemplate('propose', {
      'skeleton/README.md': '# ${{ values.name }}\n',
      'skeleton/same.txt': 'same\n',
      'skeleton/new.txt': 'new\n',
      'template.yaml': templateText(
        'propose',
        [
          fill,
          {
            ...{ id: 'propose', action: 'publish:github:pull-request' },
            input: {
              ...{ repoUrl: `${HOST}?owner=acme&repo=docs`, branchName: 'docs', title: 'Docs' },
              ...{
                description: 'x',
                targetPath: 'guide',
                filesToDelete: ['guide/gone.txt', 'guide/never.txt'],
              },
            },
          },
        ],
        { parameters },
      ),
    });
    const { publications, problem } = await preview(templateRef);
    expect(problem).toBeUndefined();
    expect(publications).toMatchObject([{ title: `acme/docs on ${HOST}`, isExisting: true }]);
    expect(named(publications[0]?.files)).toMatchObject({
      'guide/README.md': { change: 'changed', before: '# Old\n', text: '# shop\n' },
      'guide/new.txt': { change: 'added', text: 'new\n' },
      'guide/same.txt': { change: 'unchanged', text: 'same\n' },
      'guide/gone.txt': { change: 'removed', before: 'gone\n' },
    });
    expect(publications[0]?.files).toHaveLength(4);
    expect(await github.ask('/repos/acme/docs/pulls')).toEqual([]);
  });

  it('shows a template by an example, and looks into no repository for it', async () => {
    const { publications, problem, values } = await server.api.call(previewTemplate, {
      params: { kind: 'template', namespace: 'default', name: 'propose' },
    });
    expect(problem).toBeUndefined();
    expect(values).toEqual({ name: 'example' });
    expect(publications).toMatchObject([{ title: `acme/docs on ${HOST}`, isExisting: false }]);
    expect(named(publications[0]?.files)).toMatchObject({
      'guide/README.md': { change: 'added', text: '# example\n' },
    });
  });
});
