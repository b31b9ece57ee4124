import type { APIRequestContext } from '@playwright/test';
import { createTask, getRun, type EndpointInput, type Run } from '@waymark/contracts';
import { expect } from './portal-test.ts';

/** Folders of `fixtures/run-templates`, which the server of the journeys reads. */
type RunTemplate = 'chatter' | 'greeting' | 'last-step' | 'misspelt' | 'news' | 'pause';
type Values = EndpointInput<typeof createTask>['body']['values'];

/**
 * Runs a template, as its form would.
 *
 * @returns the id of the run
 */
export async function startRun(
  request: APIRequestContext,
  template: RunTemplate,
  values: Values = {},
): Promise<string> {
  const data = { templateRef: `template:default/journey-${template}`, values };
  const answer = await request.post(createTask.path, { data });
  expect(answer.status(), await answer.text()).toBe(createTask.status);
  return createTask.reply.parse(await answer.json()).id;
}

/** A run as it stands. */
export async function readRun(request: APIRequestContext, id: string): Promise<Run> {
  const answer = await request.get(getRun.path.replace(':taskId', id));
  expect(answer.ok()).toBe(true);
  return getRun.reply.parse(await answer.json());
}

/** Runs a template and waits for its end. */
export async function finishedRun(
  request: APIRequestContext,
  template: RunTemplate,
  values: Values = {},
): Promise<string> {
  const id = await startRun(request, template, values);
  await expect.poll(async () => (await readRun(request, id)).endedAt, { timeout: 60_000 }).toBeDefined();
  return id;
}
