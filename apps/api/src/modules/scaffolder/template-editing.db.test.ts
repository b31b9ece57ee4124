import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  checkTemplateDraft,
  dryRunTemplate,
  getEntityByName,
  getTemplateFiles,
  templateDraftSchema,
  templateFileLimits,
} from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

/** What the template editor asks of a started server. */

const server = useScaffolderServer();

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: letter, title: Letter }
spec:
  type: service
  parameters:
    - title: To whom
      required: [name]
      properties: { name: { type: string, title: Name } }
  steps:
    - id: render
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } }
`;

const nameOf = (name: string) => ({ params: { namespace: 'default', kind: 'template', name } });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const textOf = (content: string | undefined) => Buffer.from(content ?? '', 'base64').toString();
const draftOf = (yaml: string) => templateDraftSchema.parse(parse(yaml));

describe('the files of a template', () => {
  it('are those of its folder, without links and without what lies beside the folder', async () => {
    await server.folder.write('secret.txt', 'of nobody');
    await server.folder.write('letter/skeleton/run.sh', '#!/bin/sh\n');
    await chmod(path.join(server.folder.directory, 'letter/skeleton/run.sh'), 0o755);
    await symlink('../secret.txt', path.join(server.folder.directory, 'letter/link.txt'));
    await server.addTemplate('letter', {
      'template.yaml': TEMPLATE,
      'skeleton/letter.txt': 'Dear ${{ values.name }}\n',
    });
    const { files, templatePath, revision } = await server.api.call(getTemplateFiles, nameOf('letter'));
    expect(templatePath).toBe('template.yaml');
    expect(revision).toMatch(/^[0-9a-f]{40}$/);
    expect(files.map(({ path: file, executable }) => [file, executable])).toEqual([
      ['skeleton/letter.txt', false],
      ['skeleton/run.sh', true],
      ['template.yaml', false],
    ]);
    expect(textOf(files.at(-1)?.base64Content)).toBe(TEMPLATE);
  });

  it('are refused in words when there are too many of them', async () => {
    const folder = path.join(server.folder.directory, 'many/files');
    await mkdir(folder, { recursive: true });
    for (let index = 0; index <= templateFileLimits.maxFiles; index += 1) {
      await writeFile(path.join(folder, `${index}.txt`), '');
    }
    await server.addTemplate('many', { 'template.yaml': TEMPLATE.replace('name: letter', 'name: many') });
    await expect(server.api.call(getTemplateFiles, nameOf('many'))).rejects.toMatchObject({
      code: 'scaffolder.template-files-too-large',
      message: expect.stringContaining('502 files') as string,
    });
  });

  it('are those of templates only', async () => {
    await server.addTemplate('plain', { 'template.yaml': TEMPLATE.replace('name: letter', 'name: plain') });
    await server.folder.write(
      'catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: crew }\nspec: { type: team, children: [] }\n',
    );
    await eventually(() =>
      server.api.call(getEntityByName, {
        params: { namespace: 'default', kind: 'group', name: 'crew' },
        query: {},
      }),
    );
    const ofGroup = { params: { namespace: 'default', kind: 'group', name: 'crew' } };
    await expect(server.api.call(getTemplateFiles, ofGroup)).rejects.toMatchObject({
      code: 'scaffolder.template-not-found',
    });
    await expect(server.api.call(getTemplateFiles, nameOf('nowhere'))).rejects.toMatchObject({
      code: 'scaffolder.template-not-found',
    });
  });
});

describe('a draft', () => {
  it('is told its forms as the wizard gets them, and its steps', async () => {
    const { form, problems, steps } = await server.api.call(checkTemplateDraft, {
      body: { template: draftOf(TEMPLATE) },
    });
    expect(problems).toEqual([]);
    expect(form?.steps).toMatchObject([{ title: 'To whom', schema: { required: ['name'] } }]);
    expect(steps).toEqual([{ id: 'render', name: 'fetch:template', action: 'fetch:template' }]);
  });

  it('is told what this server lacks, with its name and its step', async () => {
    const yaml = TEMPLATE.replace('fetch:template', 'pigeon:send')
      .replace('parameters.name }}', 'parameters.name | shout }}')
      .replace('title: Name', 'title: Name, ui:field: Compass');
    const { form, problems } = await server.api.call(checkTemplateDraft, {
      body: { template: draftOf(yaml) },
    });
    expect(form).toBeDefined();
    expect(problems).toMatchObject([
      { code: 'template.unknown-action', at: 'render', subject: 'pigeon:send' },
      { code: 'template.unknown-filter', subject: 'shout' },
      { code: 'template.unknown-field', subject: 'Compass' },
    ]);
  });

  it('that has not the shape of a template has no forms, and says where', async () => {
    const { form, problems } = await server.api.call(checkTemplateDraft, {
      body: { template: draftOf(TEMPLATE.replace('action: fetch:template', 'actoin: fetch:template')) },
    });
    expect(form).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'template.shape', at: 'spec.steps.0.action' }]);
  });

  it('runs dry with more files than other requests may hold, and a failure names its step and file', async () => {
    const large = 'x'.repeat(3 * 1024 * 1024);
    const dryRun = (letter: string) =>
      server.api.call(dryRunTemplate, {
        body: {
          template: draftOf(TEMPLATE),
          values: { name: 'Ada' },
          directoryContents: [
            { path: 'skeleton/letter.txt', base64Content: base64(letter) },
            { path: 'large.txt', base64Content: base64(large) },
          ],
        },
      });
    const { directoryContents } = await dryRun('Dear ${{ values.name }}');
    expect(directoryContents.map((file) => textOf(file.base64Content))).toEqual(['Dear Ada']);
    await expect(dryRun('Dear\n${{ values.name | shout }}')).rejects.toMatchObject({
      code: 'scaffolder.dry-run-failed',
      issues: [{ path: 'steps/render', message: expect.stringContaining('letter.txt, line 2') as string }],
    });
  });

  it('whose skeleton is missing fails a dry run as it would fail a run', async () => {
    await expect(
      server.api.call(dryRunTemplate, {
        body: { template: draftOf(TEMPLATE), values: { name: 'Ada' }, directoryContents: [] },
      }),
    ).rejects.toThrow(/Step "render": There is no file or folder ".\/skeleton"/);
  });
});
