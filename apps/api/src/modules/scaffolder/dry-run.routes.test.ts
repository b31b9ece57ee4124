import { createServer } from 'node:http';
import { planRun } from '@waymark/contracts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startListeningHost } from '../../testing/listening-host.ts';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { templateText } from '../../testing/template-text.ts';
import { testConfig } from '../../testing/test-config.ts';

/** A dry run against the run itself: it refuses what that refuses, and leaves nothing behind. */

const host = await startListeningHost(createServer);
const server = useScaffolderServer({
  config: {
    scaffolder: {
      ...testConfig().scaffolder,
      httpRequest: { allow: [{ host: host.host, paths: ['/api'] }] },
    },
  },
});
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(() => {
  host.requests.length = 0;
});

type Steps = readonly object[];

async function dryRun(steps: Steps, secrets: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/api/scaffolder/v2/dry-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      template: JSON.parse(templateText('dry', steps)) as object,
      ...{ values: {}, secrets, directoryContents: [] },
    }),
  });
  return { status: answer.status, text: await answer.text() };
}

async function realRun(name: string, steps: Steps, secrets: Record<string, string> = {}) {
  const templateRef = await server.addTemplate(name, { 'template.yaml': templateText(name, steps) });
  const { taskId } = await server.client.scaffold({ templateRef, values: {}, secrets });
  return { taskId, ...(await ended(taskId)) };
}

async function ended(taskId: string) {
  return eventually(async () => {
    const { rows } = await server.database.pool.query<{ status: string; message: string | null }>(
      `SELECT status, error->>'message' AS message FROM scaffolder_run WHERE task_id = $1`,
      [taskId],
    );
    const [row] = rows;
    expect(row?.status).toMatch(/completed|failed/);
    return { status: row?.status, message: row?.message ?? undefined };
  });
}

/** Rows of every table of the server by its name. */
async function tableSizes(): Promise<Map<string, string>> {
  const { rows } = await server.database.pool.query<{ name: string; rows: string }>(
    `SELECT table_name AS name,
            (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text
              AS rows
       FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  return new Map(rows.map(({ name, rows: count }) => [name, count]));
}

const say = (message: string) => ({ id: 's', action: 'debug:log', input: { message } });
const write = (path: string) => ({ id: 'w', action: 'fs:write', input: { path, content: 'x' } });

describe('a dry run', () => {
  it.each<[string, Steps]>([
    ['path-outside', [write('../out.txt')]],
    ['path-of-git', [write('.git/hooks/post-checkout')]],
    ['path-too-long', [write('x'.repeat(300))]],
    ['endless-text', [say('${% for i in range(0, 999999999) %}x${% endfor %}')]],
    ['much-text', [say("${{ range(0, 9999999) | join('xxxxxxxxxx') }}")]],
    ['too-many-items', [{ ...say('x'), each: '${{ range(0, 1001) }}' }]],
    ['nothing-to-go-through', [{ ...say('x'), each: '${{ parameters.nothing }}' }]],
    ['wrong-input', [{ id: 'd', action: 'fs:delete', input: { files: 'a' } }]],
    ['misplaced-secret', [say('${{ secrets.token }}')]],
    ['long-wait', [{ id: 'w', action: 'debug:wait', input: { seconds: 31 } }]],
    [
      'endless-query',
      [
        {
          id: 'q',
          action: 'roadiehq:utils:jsonata',
          input: { expression: '($f := function(){$f()}; $f())' },
        },
      ],
    ],
    [
      'host-not-listed',
      [{ id: 'f', action: 'fetch:plain', input: { url: 'https://169.254.169.254/a/b/tree/main' } }],
    ],
    [
      'no-such-entity',
      [{ id: 'c', action: 'catalog:fetch', input: { entityRef: 'component:default/none' } }],
    ],
  ])('refuses what the run refuses, in the same words: %s', async (name, steps) => {
    const secrets = { token: 'a-secret-of-somebody' };
    const real = await realRun(name, steps, secrets);
    const dry = await dryRun(steps, secrets);
    expect(real.status).toBe('failed');
    expect(real.message).toBeTruthy();
    expect(dry.status).toBe(400);
    expect((JSON.parse(dry.text) as { detail: string }).detail).toContain(real.message);
  });

  it('asks for what the server does not have as little as the run', async () => {
    const steps = [{ id: 'n', action: 'no:such', input: {} }];
    const templateRef = await server.addTemplate('unusable', {
      'template.yaml': templateText('unusable', steps),
    });
    await expect(server.client.scaffold({ templateRef, values: {} })).rejects.toThrow(/no:such/);
    const dry = await dryRun(steps);
    expect(dry.status).toBe(400);
    expect(dry.text).toContain('no:such');
  });

  it('makes nothing outside and keeps nothing inside', async () => {
    const repoUrl = `${new URL(server.url).host}?owner=team&repo=dry`;
    const steps = [
      write('a.txt'),
      { id: 'p', action: 'publish', input: { repoUrl } },
      { id: 'pw', action: 'publish:waymark', input: { repoUrl } },
      {
        id: 'r',
        action: 'catalog:register',
        input: { catalogInfoUrl: 'https://github.com/a/b/blob/main/c.yaml' },
      },
      { id: 'h', action: 'http:request', input: { method: 'POST', url: `http://${host.host}/api/things` } },
      { id: 'g', action: 'http:request', input: { method: 'GET', url: `http://${host.host}/api/things` } },
      { id: 's', action: 'roadiehq:utils:sleep', input: { amount: 20 } },
      say('answered ${{ steps.h.output.status }}'),
    ];
    const before = await tableSizes();
    const dry = await dryRun(steps);
    expect(dry.status, dry.text).toBe(200);
    expect(await tableSizes()).toEqual(before);
    expect(host.requests).toEqual([]);
  });
});

describe('a run that sends requests', () => {
  const url = () => `http://${host.host}/api/things`;
  const post = (rest: object = {}) => ({
    id: 'h',
    action: 'http:request',
    input: { method: 'POST', url: url(), headers: { authorization: 'Bearer ${{ secrets.token }}' }, ...rest },
  });
  const secrets = { token: 'a-secret-of-somebody' };

  async function effectsOf(taskId: string) {
    const { rows } = await server.database.pool.query<{ title: string; state: string }>(
      `SELECT e.title, e.state FROM scaffolder_effect e JOIN scaffolder_run r ON r.id = e.run_id WHERE r.task_id = $1`,
      [taskId],
    );
    return rows;
  }

  it('sends secrets in headers, and keeps nothing of them that comes back', async () => {
    host.answer = (request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: 7, you: request.headers.authorization }));
    };
    const steps = [post({ body: { name: 'x' } }), say('${{ steps.h.output.body | dump }}')];
    const { taskId, status } = await realRun('posting', steps, secrets);
    expect(status).toBe('completed');
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer a-secret-of-somebody',
    ]);
    const { rows } = await server.database.pool.query<{ output: unknown; details: unknown }>(
      `SELECT s.output, e.details FROM scaffolder_step s JOIN scaffolder_run r ON r.id = s.run_id
         JOIN scaffolder_effect e ON e.run_id = r.id WHERE r.task_id = $1 AND s.position = 1`,
      [taskId],
    );
    expect(rows[0]?.output).toMatchObject({ status: 201, body: { id: 7, you: 'Bearer ***' } });
    expect(JSON.stringify(rows)).not.toContain('a-secret');
    expect(await effectsOf(taskId)).toEqual([{ title: `POST to ${host.host}/api/things`, state: 'done' }]);
  });

  it('sends again what was refused, and never what may have come through', async () => {
    let status = 422;
    host.answer = (_, response) => void response.writeHead(status).end();
    const refused = await realRun('refused', [post()], secrets);
    expect(refused.message).toContain('answered 422, which was not expected');
    expect(await effectsOf(refused.taskId)).toEqual([]);
    status = 200;
    await server.client.retry(refused.taskId);
    expect((await ended(refused.taskId)).status).toBe('completed');
    expect(host.requests).toHaveLength(2);
    expect(new Set(host.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);

    host.requests.length = 0;
    host.answer = (_, response) => void response.destroy();
    const lost = await realRun('lost', [post()], secrets);
    expect(lost.message).toContain('cannot be reached');
    await server.client.retry(lost.taskId);
    await eventually(async () => {
      expect((await ended(lost.taskId)).message).toContain('may have been sent already');
    });
    expect(host.requests).toHaveLength(1);
    expect(await effectsOf(lost.taskId)).toMatchObject([{ state: 'intended' }]);
  });

  it('says beforehand what it sends, and what it may not', async () => {
    const steps = [post(), { ...post({ url: `http://${host.host}/other` }), id: 'o' }];
    const templateRef = await server.addTemplate('planned', {
      'template.yaml': templateText('planned', steps),
    });
    const plan = await server.api.call(planRun, {
      body: { templateRef, values: {}, secretNames: ['token'] },
    });
    expect(plan.effects.map(({ sentence }) => sentence)).toEqual([
      `Sends POST to ${host.host}/api/things`,
      `Sends POST to ${host.host}/other`,
    ]);
    expect(plan.problems).toMatchObject([
      { code: 'run.check-failed', at: 'o', hint: expect.stringContaining('scaffolder.httpRequest.allow') },
    ]);
  });
});
