import { listTaskEvents } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { templateText } from '../../testing/template-text.ts';
import type { JsonObject } from './engine/json.ts';

/** Characters that JSON can say and PostgreSQL cannot store: NUL, and halves of pairs. */

const server = useScaffolderServer();

async function outcomeOf(name: string, steps: readonly object[], values = {}) {
  const templateRef = await server.addTemplate(name, { 'template.yaml': templateText(name, steps) });
  const { taskId } = await server.client.scaffold({ templateRef, values });
  const status = await eventually(async () => {
    const task = await server.client.getTask(taskId);
    expect(task.status).toMatch(/completed|failed/);
    return task.status;
  });
  const events = await server.api.call(listTaskEvents, { params: { taskId }, query: {} });
  return { status, messages: events.map(({ body }) => body.message) };
}

const say = (message: string) => ({ id: 'say', action: 'debug:log', input: { message } });

describe('a text that cannot be stored', () => {
  it('is shown with a sign in its place when a step fails with it', async () => {
    const input = { expression: '$error("no \\u0000 such \\ud83d team")' };
    const { status, messages } = await outcomeOf('failing', [
      { id: 'query', action: 'roadiehq:utils:jsonata', input },
    ]);
    expect(status).toBe('failed');
    expect(messages.join()).toContain('no \ufffd such \ufffd team');
  });

  it('is stored and handed on with a sign in its place when a step gives it', async () => {
    const content = '{"text":"a\\u0000b\\ud83d","\\u0000":1}';
    const { status, messages } = await outcomeOf('nul', [
      { id: 'write', action: 'fs:write', input: { path: 'a.json', content } },
      { id: 'parse', action: 'roadiehq:utils:fs:parse', input: { path: 'a.json', parser: 'json' } },
      say('${{ steps.parse.output.content.text }}'),
    ]);
    expect(status).toBe('completed');
    expect(messages).toContain('a\ufffdb\ufffd');
  });

  it('is refused as an answer', async () => {
    const templateRef = await server.addTemplate('answers', {
      'template.yaml': templateText('answers', [say('x')]),
    });
    const answers: JsonObject[] = [{ name: 'a\0b' }, { name: '\ud83d' }, { list: [{ '\0': 1 }] }];
    for (const values of answers) {
      await expect(server.client.scaffold({ templateRef, values })).rejects.toThrow(/400/);
    }
  });
});
