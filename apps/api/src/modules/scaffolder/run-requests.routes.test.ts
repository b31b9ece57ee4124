import { describe, expect, it } from 'vitest';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { templateText } from '../../testing/template-text.ts';
import { testConfig } from '../../testing/test-config.ts';

const MAX_WAITING = 5;
const server = useScaffolderServer({
  config: { scaffolder: { ...testConfig().scaffolder, waitingTasksPerPerson: MAX_WAITING } },
});

async function addTemplate(name: string, steps: readonly object[]): Promise<string> {
  return server.addTemplate(name, { 'template.yaml': templateText(name, steps) });
}

async function start(
  templateRef: string,
  { key, values = {} }: { key?: string; values?: object } = {},
): Promise<{ status: number; body: { id?: string; code?: string; detail?: string } }> {
  const answer = await fetch(`${server.url}/api/scaffolder/v2/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify({ templateRef, values }),
  });
  // Parsed by the assertions.
  return { status: answer.status, body: (await answer.json()) as { id?: string } };
}

async function age(key: string, hours: number): Promise<void> {
  await server.database.pool.query(
    'UPDATE scaffolder_run SET created_at = now() - make_interval(hours => $2) WHERE idempotency_key = $1',
    [key, hours],
  );
}

describe('an idempotency key', () => {
  it('starts one run, however often and however fast the request comes', async () => {
    const templateRef = await addTemplate('once', [
      { id: 'say', action: 'debug:log', input: { message: 'x' } },
    ]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => start(templateRef, { key: 'twenty' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await eventually(async () => {
      const { rows } = await server.database.pool.query<{ status: string; begun: number }>(
        `SELECT r.status, (SELECT count(*)::int FROM scaffolder_event e
                            WHERE e.run_id = r.id AND e.body->>'status' = 'processing') AS begun
           FROM scaffolder_run r WHERE template_ref = $1`,
        [templateRef],
      );
      expect(rows).toEqual([{ status: 'completed', begun: 1 }]);
    });
    // It has ended, and is still the same request.
    expect((await start(templateRef, { key: 'twenty' })).body.id).toBe(answers[0]?.body.id);
  });

  it('is refused with another request, and with as many of them at once', async () => {
    const templateRef = await addTemplate('other', [
      { id: 'say', action: 'debug:log', input: { message: 'x' } },
    ]);
    const bodies = Array.from({ length: 10 }, (_, number) => ({ number: number % 2 }));
    const answers = await Promise.all(bodies.map((values) => start(templateRef, { key: 'two', values })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 201),
      ...Array.from({ length: 5 }, () => 422),
    ]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body).toMatchObject({
      code: 'scaffolder.key-reused',
      detail: expect.stringContaining('another request'),
    });
  });

  it('counts for 24 hours', async () => {
    const templateRef = await addTemplate('daily', [
      { id: 'say', action: 'debug:log', input: { message: 'x' } },
    ]);
    const first = await start(templateRef, { key: 'day' });
    await age('day', 23);
    expect((await start(templateRef, { key: 'day' })).body.id).toBe(first.body.id);
    await age('day', 25);
    const next = await start(templateRef, { key: 'day', values: { other: true } });
    expect(next.status).toBe(201);
    expect(next.body.id).not.toBe(first.body.id);
    expect((await start(templateRef, { key: 'day' })).status).toBe(422);
  });
});

describe('a person who starts hundreds of runs', () => {
  it('is told how many may wait, and may go on when one of them has ended', async () => {
    const templateRef = await addTemplate('slow', [
      { id: 'w', action: 'debug:wait', input: { seconds: 30 } },
    ]);
    const statuses = new Map<number, number>();
    const accepted: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => start(templateRef)));
      for (const { status, body } of answers) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (body.id !== undefined) accepted.push(body.id);
        else {
          expect(body.code).toBe('scaffolder.too-many-runs');
          expect(body.detail).toBe(
            '5 of your runs are waiting already. Start another one when some of them have ended.',
          );
        }
      }
    }
    expect([...statuses].toSorted()).toEqual([
      [201, MAX_WAITING],
      [429, 500 - MAX_WAITING],
    ]);
    for (const taskId of accepted) await server.client.cancelTask(taskId);
    const again = await eventually(async () => {
      const answer = await start(templateRef);
      expect(answer.status).toBe(201);
      return answer;
    });
    await server.client.cancelTask(again.body.id ?? '');
  });
});
