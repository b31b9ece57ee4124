import { createTask, getRun, listNotifications, planRun, undoRun, type Run } from '@waymark/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

const server = useScaffolderServer();
let made = 0;

beforeEach(async () => {
  await server.database.pool.query('DELETE FROM notification');
});

/** Runs a template that sends a notification, and then does something else. */
async function runWith(input: Record<string, unknown>, next: object[] = []): Promise<Run> {
  made += 1;
  const name = `notify-${made}`;
  const templateRef = await server.addTemplate(name, {
    'template.yaml': JSON.stringify({
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name },
      spec: { type: 'service', steps: [{ id: 'tell', action: 'notification:send', input }, ...next] },
    }),
  });
  const { id } = await server.api.call(createTask, { body: { templateRef, values: {} } });
  return ended(id);
}

function ended(taskId: string, undo?: string): Promise<Run> {
  return eventually(async () => {
    const run = await server.api.call(getRun, { params: { taskId } });
    expect(['completed', 'failed']).toContain(run.status);
    if (undo !== undefined) expect(run.undo?.state).toBe(undo);
    return run;
  });
}

const received = async () => (await server.api.call(listNotifications, { query: {} })).notifications;
const forMe = { recipients: 'entity', entityRefs: ['${{ user.ref }}'] };

describe('notification:send', () => {
  it('tells whoever started the run', async () => {
    const run = await runWith({
      ...{ ...forMe, title: 'It is ready', info: 'Have a look', link: '/catalog', severity: 'low' },
    });
    expect(run).toMatchObject({
      status: 'completed',
      effects: [{ kind: 'notification', title: 'Notification "It is ready"', state: 'done', canUndo: true }],
    });
    expect(await received()).toMatchObject([
      {
        ...{ user: 'user:default/guest', origin: 'scaffolder' },
        payload: { title: 'It is ready', description: 'Have a look', link: '/catalog', severity: 'low' },
      },
    ]);
  });

  it('tells everybody', async () => {
    await runWith({ recipients: 'broadcast', title: 'News', topic: 'services' });
    expect(await received()).toMatchObject([
      { user: null, payload: { title: 'News', severity: 'normal', topic: 'services' } },
    ]);
  });

  it('is taken back when the run is undone', async () => {
    const failed = await runWith({ ...forMe, title: 'Too early' }, [
      { id: 'fail', action: 'fs:read', input: { path: 'nowhere' } },
    ]);
    expect(await received()).toHaveLength(1);
    await server.api.call(undoRun, { params: { taskId: failed.id } });
    expect((await ended(failed.id, 'done')).effects).toMatchObject([{ state: 'undone' }]);
    expect(await received()).toEqual([]);
  });

  it.each([
    [{ link: 'javascript:alert(1)' }, /neither a path of the portal nor an address/],
    [{ link: '//evil.example/x' }, /neither a path of the portal nor an address/],
    [{ link: '/\\evil.example' }, /neither a path of the portal nor an address/],
    [{ entityRefs: ['group:default/nobody'] }, /nobody behind entityRefs/],
    [{ entityRefs: ['no reference'] }, /"no reference" in entityRefs is not a reference/],
  ])('with %j fails with a sentence, sends nothing, and leaves nothing to undo', async (wrong, sentence) => {
    const run = await runWith({ ...forMe, title: 'Never', ...wrong });
    expect(run).toMatchObject({ status: 'failed', effects: [] });
    expect(run.error?.message).toMatch(sentence);
    expect(await received()).toEqual([]);
  });

  it('that may be left out does not end the run', async () => {
    const run = await runWith({
      ...{ ...forMe, title: 'Never', entityRefs: ['group:default/nobody'], optional: true },
    });
    expect(run).toMatchObject({ status: 'completed', effects: [] });
  });

  it('says in the plan whom it tells', async () => {
    await runWith({ recipients: 'broadcast', title: 'News' });
    const plan = await server.api.call(planRun, {
      body: { templateRef: `template:default/notify-${made}`, values: {} },
    });
    expect(plan.effects.map(({ sentence }) => sentence)).toEqual([
      'Sends the notification "News" to everybody',
    ]);
  });
});
