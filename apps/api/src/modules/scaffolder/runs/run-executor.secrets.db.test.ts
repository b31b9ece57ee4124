import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { databaseText } from '../../../testing/database-text.ts';
import { formsIn, secretForms } from '../../../testing/secret-forms.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { ActionFailure, defineAction, type ScaffolderAction } from '../actions/action.ts';
import { createTemplateEngine, type TemplateEngine } from '../engine/template-engine.ts';
import { createRunExecutor } from './run-executor.ts';
import { createRunEffectsRepository } from './run-effects.repository.ts';
import { createRunProgressRepository } from './run-progress.repository.ts';
import type { RunSpec } from './run-record.ts';
import { createRunsRepository } from './runs.repository.ts';

/** Actions that were given a secret, and repeat it wherever they can: as servers do that they ask. */

const SECRET = 'S3cr/t+token"of&somebody<é>';
/** Halves of a secret are beyond what can be found in a text: only templates, which never have it, could split it. */
const forms = Object.values(secretForms(SECRET)).filter((form) => !SECRET.includes(form) || form === SECRET);
const basic = Buffer.from(`user:${SECRET}`).toString('base64');
const told = [...forms, basic].join('\n');

const testDatabase = useTestDatabase();
const home = useTemporaryFolder();
let database: Database;
let engine: TemplateEngine;

beforeAll(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'waymark-test', maxConnections: 4 },
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  engine = createTemplateEngine({ hosts: {}, maxProcesses: 1 });
});
afterAll(async () => {
  await engine.close();
  await database.close();
});

function telling(id: string, run: ScaffolderAction['run']): ScaffolderAction {
  return defineAction({
    ...{ id, description: id, examples: [], workspace: 'none', secretInputs: ['token'] },
    input: z.object({ token: z.string() }),
    output: z.record(z.string(), z.json()),
    run: async (input, context) => {
      expect(input.token).toBe(SECRET);
      return run(input, context);
    },
  });
}

const actions = [
  telling('logs', async (_, { log }) => {
    for (const form of [...forms, basic]) {
      log.info(form);
      log.warn(`before ${form} after`);
    }
    return {};
  }),
  telling('gives', async () => ({ told, list: [{ [SECRET]: told }] })),
  telling('makes', async (_, { effects }) => {
    const made = await effects.once(
      { key: told, kind: 'other', title: told, details: { told } },
      async () => ({ url: `https://example.com/?q=${encodeURIComponent(SECRET)}`, details: { made: told } }),
    );
    return made.details;
  }),
  telling('fails', async () => {
    throw new ActionFailure(`It says ${told}`, `Ask for ${told}`);
  }),
  telling('breaks', async () => {
    throw Object.assign(new TypeError(told, { cause: new Error(told) }), {
      request: { authorization: SECRET },
    });
  }),
  telling('names', async () => ({ entityRef: told })),
];

function specOf(action: string): RunSpec {
  const step = (id: string, of: string, input: RunSpec['steps'][number]['input']) => ({
    ...{ id, name: id, action: of, input },
  });
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    steps: [step('tell', action, { token: '${{ secrets.token }}' })],
    parameters: {},
    output: { text: [{ title: 'Told', content: '${{ steps.tell.output | dump }}' }] },
    user: { ref: 'user:default/guest' },
    templateInfo: { entityRef: 'template:default/t', entity: { metadata: { name: 't' } } },
  };
}

describe('a secret that an action repeats', () => {
  it.each(actions.map(({ id }) => id))('is blotted out when the action %s it', async (id) => {
    const taskId = randomUUID();
    let logText = '';
    const log = pino({ level: 'debug' }, { write: (line: string) => (logText += line) });
    await createRunsRepository(database).create(
      {
        ...{ taskId, templateRef: 'template:default/t', templateTitle: 'T', spec: specOf(id) },
        ...{
          place: { sourceId: '1', path: 'template.yaml' },
          secrets: Buffer.from('box'),
          idempotency: undefined,
        },
        visitId: undefined,
      },
      { actor: { ref: 'user:default/guest' }, requestId: 'test' },
      1000,
    );
    const progress = createRunProgressRepository(database);
    const executor = createRunExecutor({
      ...{ progress, effects: createRunEffectsRepository(database), engine, log, home: home.path },
      actions: new Map(actions.map((action) => [action.id, action])),
      environment: { parameters: {}, secrets: {} },
      decryptSecrets: () => ({ token: SECRET }),
    });
    const run = await progress.take(taskId);
    if (!run) throw new Error('There is nothing to do.');
    await executor.execute(run, new AbortController().signal);
    const { rows } = await database.pool.query<{ status: string }>(
      'SELECT status FROM scaffolder_run WHERE task_id = $1',
      [taskId],
    );
    expect(rows[0]?.status).toBe(id === 'fails' || id === 'breaks' ? 'failed' : 'completed');
    const stored = await databaseText(database);
    expect(formsIn(stored, SECRET)).toEqual([]);
    expect(formsIn(logText, SECRET)).toEqual([]);
    expect(stored + logText).not.toContain(basic.slice(8, -8));
    expect(stored + logText).toContain('***');
    if (id === 'breaks') expect(logText).toMatch(/a step failed.*|TypeError/);
  });
});
