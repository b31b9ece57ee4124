import { createTask, getEntityByName, getRepository } from '@waymark/contracts';
import { startOwnServer } from './support/own-server.ts';
import { expect, expectAccessible, failedRequest, test } from './support/portal-test.ts';
import { finishedRun } from './support/template-run.ts';

test('a run that fails at its last step is undone, and nothing of it is left', async ({
  page,
  request,
  baseURL,
}) => {
  const { host } = new URL(baseURL ?? '');
  const values = { name: 'undone-service', repoUrl: `${host}?owner=Journeys&repo=undone-service` };
  const id = await finishedRun(request, 'last-step', values);
  const repository = getRepository.path.replace(':owner', 'Journeys').replace(':name', 'undone-service');
  const entity = getEntityByName.path
    .replace(':kind', 'component')
    .replace(':namespace', 'default')
    .replace(':name', 'undone-service');
  expect((await request.get(repository)).status()).toBe(200);
  expect((await request.get(entity)).status()).toBe(200);

  await page.goto(`/create/runs/${id}`);
  const failure = page.getByRole('alert').filter({ hasText: 'The step “Read what is not there” failed' });
  await expect(failure).toContainText('There is no file or folder "nowhere.txt"');
  const made = page.getByRole('region', { name: 'What it made' });
  await expect(made.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo “A last step that fails”?' });
  await expect(dialog.getByRole('list', { name: 'What is taken back' }).getByRole('listitem')).toHaveText([
    /^Registration of/,
    /^Repository Journeys\/undone-service/,
  ]);
  await dialog.getByRole('button', { name: 'Undo 2 things' }).click();
  await expect(made.getByText('Taken back', { exact: true })).toHaveCount(2);
  expect((await request.get(repository)).status()).toBe(404);
  await expect.poll(async () => (await request.get(entity)).status()).toBe(404);
});

test('a run that completed and is undone leads nowhere any more', async ({ page, request, baseURL }) => {
  const { host } = new URL(baseURL ?? '');
  const values = {
    ...{ name: 'taken-back', description: 'Is there for a moment.', owner: 'group:default/platform' },
    repoUrl: `${host}?owner=Journeys&repo=taken-back`,
  };
  const data = { templateRef: 'template:default/node-service', values };
  const started = await request.post(createTask.path, { data });
  expect(started.status(), await started.text()).toBe(createTask.status);
  const { id } = createTask.reply.parse(await started.json());
  await page.goto(`/create/runs/${id}`);
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome.getByRole('link', { name: /^Repository/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo 2 things' }).click();
  await expect(page.getByText('What it made was taken back.', { exact: true })).toBeVisible();
  await expect(outcome).toHaveCount(0);
  await expectAccessible(page);
  await page.goto('/create/runs');
  const row = page.getByRole('row').filter({ has: page.locator(`a[href$="${id}"]`) });
  await expect(row.getByText('Taken back', { exact: true })).toBeVisible();
  await expect(row.getByRole('link', { name: 'taken-back' })).toHaveCount(0);
});

test.describe('a server that is restarted', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('goes on with the run, and its log is followed to the end without a reload', async ({
    page,
    request,
  }) => {
    await using server = await startOwnServer();
    const data = { templateRef: 'template:default/journey-pause', values: { seconds: 15 } };
    const start = () => request.post(`${server.url}${createTask.path}`, { data });
    await expect.poll(async () => (await start()).status(), { timeout: 60_000 }).toBe(createTask.status);
    const { id } = createTask.reply.parse(await (await start()).json());
    await page.goto(`${server.url}/create/runs/${id}`);
    const log = page.getByRole('log');
    await expect(log).toContainText('Waiting for 15 seconds');
    await server.stop();
    await expect(page.getByText('Reconnecting…')).toBeVisible();
    await server.start();
    await expect(log).toContainText('Run completed with status: completed', { timeout: 90_000 });
    await expect(page.getByText('Reconnecting…')).toHaveCount(0);
    const texts = await log.locator('[data-line]').allInnerTexts();
    expect(texts.filter((text) => text.includes('Finished step Breathe in'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('Run completed'))).toHaveLength(1);
    await expect(page.getByText(/Completed/).first()).toBeVisible();
  });
});
