import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guestMayDoEverything } from '../../../platform/auth/authorize.ts';
import { makeSourceFolder, type SourceFolder } from '../../../testing/source-folder.ts';
import { openNotificationSender } from '../../notifications/index.ts';
import { createTipFiles, openRepositoryHosting, type RepositoryHosting } from '../../repositories/index.ts';
import type { ScaffolderAction } from '../actions/action.ts';
import { createHttpRequests } from '../actions/http/http-requests.ts';
import { createActions } from '../actions/index.ts';
import { createTemplateEngine, type TemplateEngine } from '../engine/template-engine.ts';
import { createRunExecutor } from './run-executor.ts';
import { createRunEffectsRepository, type RunEffectsRepository } from './run-effects.repository.ts';
import { createRunProgressRepository, type RunProgressRepository } from './run-progress.repository.ts';
import type { RunSpec } from './run-record.ts';
import { createRunsRepository } from './runs.repository.ts';

/** A worker that dies between any two things that it writes down: the next one must find its way. */

const testDatabase = useTestDatabase();
const caller = { actor: { ref: 'user:default/guest' }, requestId: 'test' };
let database: Database;
let home: SourceFolder;
let engine: TemplateEngine;
let hosting: RepositoryHosting;
let actions: ReadonlyMap<string, ScaffolderAction>;
/** URLs that were registered, in order: each counts. */
const registered = new Map<string, number>();

class Killed extends Error {}

beforeAll(async () => {
  home = await makeSourceFolder();
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'waymark-test', maxConnections: 5 },
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  engine = createTemplateEngine({ hosts: { 'portal.test': 'waymark' }, maxProcesses: 1 });
  hosting = openRepositoryHosting({
    tips: createTipFiles(),
    ...{ database, home: home.directory, baseUrl: 'http://portal.test' },
    requestReads: () => {},
  });
  actions = createActions({
    content: {
      placeOf: async () => undefined,
      readFolder: async () => ({
        revision: 'r1',
        files: [
          {
            path: '${{ values.name }}.txt',
            bytes: Buffer.from('for ${{ values.name }}'),
            isExecutable: false,
          },
        ],
      }),
      readFile: async () => Buffer.from(''),
      close: async () => {},
    },
    engine,
    catalog: {
      async register(url) {
        registered.set(url, (registered.get(url) ?? 0) + 1);
        return {
          sourceId: '1',
          isNew: true,
          entities: [{ ref: 'component:default/x', kind: 'component', name: 'x' }],
        };
      },
      unregister: async () => {},
      find: async (refs) => refs.map(() => undefined),
    },
    debug: { maxWaitMs: 1000 },
    httpRequests: createHttpRequests([]),
    notifications: openNotificationSender(database),
    publishing: {
      hosting,
      hosts: (host) => (host === 'portal.test' ? 'waymark' : undefined),
      can: guestMayDoEverything,
      openApi: neverCalled,
      guardGit: neverCalled,
      defaults: { name: 'Waymark', email: 'waymark@localhost', message: 'Initial commit' },
    },
  });
});

function neverCalled(): never {
  throw new Error('No step of these runs talks to another server.');
}

afterAll(async () => {
  await engine.close();
  await database.close();
  await home[Symbol.asyncDispose]();
});

function specOf(name: string): RunSpec {
  const step = (id: string, action: string, input: RunSpec['steps'][number]['input']) => ({
    id,
    name: id,
    action,
    input,
  });
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    steps: [
      step('render', 'fetch:template', { url: './skeleton', values: { name } }),
      step('move', 'fs:rename', { files: [{ from: `${name}.txt`, to: 'docs/readme.txt' }] }),
      step('publish', 'publish:waymark', { repoUrl: `portal.test?owner=team&repo=${name}` }),
      step('register', 'catalog:register', {
        repoContentsUrl: '${{ steps.publish.output.repoContentsUrl }}',
      }),
      step('say', 'debug:log', { message: 'done ${{ steps.register.output.entityRef }}' }),
    ],
    parameters: {},
    output: {},
    user: { ref: caller.actor.ref },
    templateInfo: { entityRef: 'template:default/t', entity: { metadata: { name: 't' } } },
  };
}

/** What a worker writes with. */
interface Books {
  progress: RunProgressRepository;
  effects: RunEffectsRepository;
}

/** The same books, whose process ends at its n-th write: that one and all after it do not happen. */
function dyingAt({ progress, effects }: Books, writes: number): Books {
  let left = writes;
  const dying = <Book extends object>(book: Book): Book =>
    new Proxy(book, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...input: unknown[]) => {
          left -= 1;
          if (left < 0) throw new Killed();
          return Reflect.apply(member, target, input);
        };
      },
    });
  return { progress: dying(progress), effects: dying(effects) };
}

function openBooks(): Books {
  return { progress: createRunProgressRepository(database), effects: createRunEffectsRepository(database) };
}

async function start(spec: RunSpec): Promise<string> {
  const taskId = randomUUID();
  await createRunsRepository(database).create(
    {
      ...{ taskId, templateRef: 'template:default/t', templateTitle: 'T', spec },
      ...{ place: { sourceId: '1', path: 'template.yaml' }, secrets: undefined, idempotency: undefined },
      visitId: undefined,
    },
    caller,
    1000,
  );
  return taskId;
}

/** One worker's life. False when it was killed. */
async function work(taskId: string, books: Books): Promise<boolean> {
  const executor = createRunExecutor({
    ...{ ...books, engine, actions, home: home.directory, log: pino({ level: 'silent' }) },
    environment: { parameters: {}, secrets: {} },
    decryptSecrets: () => ({}),
  });
  const run = await createRunProgressRepository(database).take(taskId);
  if (!run) throw new Error('There is nothing to do.');
  try {
    await executor.execute(run, new AbortController().signal);
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

async function outcomeOf(taskId: string) {
  const details = await createRunsRepository(database).find(taskId);
  return {
    status: details?.summary.status,
    error: details?.error?.message,
    steps: details?.steps.map(({ status }) => status),
    effects: details?.effects.map(({ kind, state }) => `${kind} ${state}`),
  };
}

const completed = {
  status: 'completed',
  error: undefined,
  steps: Array.from({ length: 5 }, () => 'completed'),
  effects: ['repository done', 'registration done'],
};

describe('a run whose worker is killed', () => {
  it('ends with one repository and one registration, wherever the worker was', async () => {
    const books = openBooks();
    let kills = 0;
    for (let writes = 0; ; writes += 1) {
      const name = `killed-${writes}`;
      const taskId = await start(specOf(name));
      const isFinished = await work(taskId, dyingAt(books, writes));
      if (!isFinished) {
        kills += 1;
        expect(await work(taskId, books)).toBe(true);
      }
      expect(await outcomeOf(taskId), `killed at write ${writes}`).toEqual(completed);
      const urls = [...registered.keys()].filter((url) => url.includes(`/${name}/`));
      expect(urls).toHaveLength(1);
      const { rows } = await database.pool.query(
        'SELECT count(*)::int AS count FROM hosted_repository WHERE name = $1',
        [name],
      );
      expect(rows).toEqual([{ count: 1 }]);
      if (isFinished) break;
    }
    // So many writes a run of five steps makes at least: it was killed before each of them.
    expect(kills).toBeGreaterThan(12);
  }, 240_000);

  it('ends even when every worker but the last is killed one write later than the one before', async () => {
    const books = openBooks();
    const taskId = await start(specOf('often-killed'));
    for (let writes = 0; !(await work(taskId, dyingAt(books, writes))); writes += 1)
      expect(writes).toBeLessThan(40);
    expect(await outcomeOf(taskId)).toEqual(completed);
  }, 120_000);

  it('keeps a failure that was told, and tries nothing again that nobody asked for', async () => {
    const books = openBooks();
    for (let writes = 0; ; writes += 1) {
      const spec = specOf(`failing-${writes}`);
      const [render, move] = spec.steps;
      if (!render || !move) throw new Error('The run lacks its steps.');
      const tidyUp = {
        ...spec.steps[4],
        id: 'tidy',
        name: 'tidy',
        action: 'debug:log',
        if: '${{ always() }}',
      };
      const steps = [
        { ...render, id: 'read', name: 'read', action: 'fs:read', input: { path: 'nowhere' } },
        move,
        { ...tidyUp, input: { message: 'tidied up' } },
      ];
      const taskId = await start({ ...spec, steps });
      const isFinished = await work(taskId, dyingAt(books, writes));
      if (!isFinished) await work(taskId, books);
      const outcome = await outcomeOf(taskId);
      expect(outcome, `killed at write ${writes}`).toEqual({
        status: 'failed',
        error: 'There is no file or folder "nowhere" in the workspace.',
        steps: ['failed', 'open', 'completed'],
        effects: [],
      });
      if (isFinished) break;
    }
  }, 120_000);
});
