import type { Page } from '@playwright/test';
import { getTask } from '@waymark/contracts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBothSchemes,
  failedRequest,
  holdAnswers,
  test,
} from './support/portal-test.ts';

const service = '/create/default/journey-service';

/** Opens the form of the service template and waits for its first page. */
async function openForm(page: Page, search = ''): Promise<void> {
  await page.goto(`${service}${search}`);
  await expect(page.getByRole('heading', { name: 'About the service', level: 2 })).toBeVisible();
}

async function fillFirstPage(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('combobox', { name: 'Owner' }).fill('group:default/platform');
  await page.getByRole('textbox', { name: 'Summary' }).fill('Keeps a ledger');
}

/** Moves on with Tab until the element has the focus. */
async function tabTo(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('the keyboard alone leads from any page to a run that has started', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(page).toHaveURL('/create');
  await expect(page.getByRole('list', { name: 'Templates' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('with a descriptor');
  const card = page.getByRole('link', { name: 'Service with a descriptor' });
  await expect(page.getByRole('list', { name: 'Templates' }).getByRole('listitem')).toHaveCount(1);
  await tabTo(page, card);
  await page.keyboard.press('Enter');

  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await page.keyboard.press('Control+Enter');
  const summary = page.getByRole('alert').filter({ hasText: '2 answers need a correction' });
  await expect(summary).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(name).toBeFocused();
  await page.keyboard.type('Night Ledger');
  await expect(page.getByText('Begin with a small letter and go on').first()).toBeVisible();
  await name.press('Control+a');
  await page.keyboard.type('night-ledger');

  await tabTo(page, page.getByRole('combobox', { name: 'Owner' }));
  await page.keyboard.type('plat');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');

  await expect(page.getByRole('heading', { name: 'Storage', level: 2 })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Step 2 of 3: Storage' })).toBeAttached();
  await tabTo(page, page.getByRole('checkbox', { name: 'Needs a database' }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('radio', { name: 'PostgreSQL' }));
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');

  await expect(page.getByRole('heading', { name: 'Review', level: 2 })).toBeFocused();
  const storage = page.getByRole('region', { name: 'Storage' });
  await expect(storage).toContainText('PostgreSQL');
  await expect(page.getByRole('region', { name: 'What will happen' })).toContainText(
    'The run makes nothing outside',
  );
  await expectAccessibleInBothSchemes(page);
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/create\/runs\/[0-9a-f-]{36}$/);
  const taskId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const task = getTask.reply.parse(
    await (await page.request.get(getTask.path.replace(':taskId', taskId))).json(),
  );
  expect(task.spec['parameters']).toMatchObject({
    name: 'night-ledger',
    hasDatabase: true,
    engine: 'postgres',
  });
  // What was started is no draft any more.
  await openForm(page);
  await expect(page.getByText('You go on with your draft')).toHaveCount(0);
  await expect(name).toHaveValue('');
});

test('the draft is there after a reload, without what is hidden, and can be given up', async ({ page }) => {
  await openForm(page);
  await fillFirstPage(page, 'my-draft');
  await page.reload();
  await expect(page.getByText('You go on with your draft')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('my-draft');
  await expect(page.getByRole('textbox', { name: 'Summary' })).toHaveValue('Keeps a ledger');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
  await page.reload();
  await expect(page.getByText('You go on with your draft')).toHaveCount(0);

  await page.goto('/create/default/journey-every-field');
  await page.getByLabel('Password', { exact: true }).fill('hunter2-hunter2');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('kept');
  await page.goto('/create/default/journey-every-field?page=3');
  await page.getByLabel('Token', { exact: true }).fill('token-token-token');
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).toContain('kept');
  expect(kept).not.toContain('hunter2');
  expect(kept).not.toContain('token-token');
});

test('a link fills in answers, which leave the address and give way to an earlier draft', async ({
  page,
}) => {
  await openForm(page);
  await fillFirstPage(page, 'mine');
  const values = encodeURIComponent(JSON.stringify({ name: 'from-a-link', isPublic: true }));
  await openForm(page, `?formData=${values}`);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('from-a-link');
  await expect(page.getByRole('checkbox', { name: 'Reachable from the internet' })).toBeChecked();
  await expect(page).not.toHaveURL(/formData/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use my draft instead' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('mine');
});

test('back and forward move between the steps, and pages and fields come and go with the answers', async ({
  page,
}) => {
  await openForm(page);
  await fillFirstPage(page, 'steps');
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await expect(steps.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('checkbox', { name: 'Reachable from the internet' }).check();
  await expect(steps.getByRole('listitem')).toHaveCount(4);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByRole('radio', { name: 'MySQL' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Needs a database' }).check();
  await page.getByRole('radio', { name: 'MySQL' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Public address', level: 2 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('radio', { name: 'MySQL' })).toBeChecked();
  await page.goForward();
  await page.getByRole('textbox', { name: 'Host name' }).fill('not a host');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'One answer needs a correction' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Host name' }).fill('shop.example.com');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await expect(page.getByRole('region', { name: 'Public address' })).toContainText('shop.example.com');

  await steps.getByRole('button', { name: /^About the service/ }).click();
  await page.getByRole('checkbox', { name: 'Reachable from the internet' }).uncheck();
  await steps.getByRole('button', { name: /^Storage/ }).click();
  await page.getByRole('checkbox', { name: 'Needs a database' }).uncheck();
  await steps.getByRole('button', { name: /^Review/ }).click();
  await expect(page.getByRole('region', { name: 'Storage' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('shop.example.com');
  await expect(page.getByRole('main')).not.toContainText('MySQL');
});

test('the review names what is missing, and leads to its field', async ({ page }) => {
  await page.goto(`${service}?page=review`);
  const problems = page.getByRole('alert').filter({ hasText: 'Before it can start' });
  await expect(problems).toContainText('Name: Fill this in.');
  await expectAccessible(page);
  await problems.getByRole('button', { name: 'Owner' }).click();
  await expect(page.getByRole('combobox', { name: 'Owner' })).toBeFocused();
});

test('every field has a name, holds to the policy and passes its checks in both schemes', async ({
  page,
}) => {
  await page.goto('/create/default/journey-every-field');
  await expect(page.getByRole('heading', { name: 'Plain fields', level: 2 })).toBeVisible();
  await expect(page.getByLabel('Behind a flag')).toHaveCount(0);
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('hello');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Groups of fields', level: 2 })).toBeFocused();
  await page.getByRole('group', { name: 'Words' }).getByRole('button', { name: 'Add' }).click();
  await expectAccessibleInBothSchemes(page);
  await page.goto('/create/default/journey-every-field?page=3');
  const repository = page.getByRole('group', { name: 'Repository' });
  await repository.getByRole('textbox', { name: 'Owner' }).fill('acme');
  await repository.getByRole('textbox', { name: 'Repository' }).fill('payments');
  await expect(repository).toContainText('/acme/payments');
  await page.getByRole('combobox', { name: 'System' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test('a name that is written faster than the catalog answers is chosen when it does', async ({ page }) => {
  const systems = await page.request.get(
    '/api/catalog/entities/by-query?filter=kind=system&orderField=metadata.name,desc&limit=1',
  );
  const { items } = (await systems.json()) as { items: { metadata: { name: string; title?: string } }[] };
  const { name = '', title = name } = items[0]?.metadata ?? {};
  const answer = await holdAnswers(
    page,
    ({ searchParams }) => searchParams.get('fullTextFilterTerm') === name,
  );
  await page.goto('/create/default/journey-every-field?page=3');
  const system = page.getByRole('combobox', { name: 'System' });
  await system.fill(name);
  await system.press('Tab');
  await expect(system).not.toBeFocused();
  await expect(system).toHaveValue(name);
  answer();
  await expect(system).toHaveValue(title);
  // The draft holds what the field holds.
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'System' })).toHaveValue(title);
  await system.fill('');
  await system.press('Tab');
  await system.fill(`System:Default/${name}`);
  await system.press('Tab');
  await expect(system).toHaveValue(title);
});

test('a template that this server cannot run says so before and in the gallery', async ({ page }) => {
  await page.goto('/create?q=another+server');
  await page.getByRole('button', { name: /1 thing to know/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Needs another server' });
  await expect(dialog).toContainText('pigeon:send');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Needs another server' }).click();
  await expect(page.getByRole('region', { name: 'What to know about this template' })).toContainText(
    'pigeon:send',
  );
});

test('the gallery keeps its filters in the address', async ({ page }) => {
  await page.goto('/create');
  await page.getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('checkbox', { name: /^reference/ }).check();
  await expect(page).toHaveURL(/tag=reference/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Tag', exact: true })).toBeFocused();
  const cards = page.getByRole('list', { name: 'Templates' }).getByRole('listitem');
  await expect(cards).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('nothing has this');
  await expect(page.getByRole('heading', { name: 'No template matches' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Show all/ }).click();
  await expect(page).toHaveURL('/create');
});

test('a template in the catalog leads to its form, and the gallery to runs and actions', async ({ page }) => {
  await page.goto('/catalog/default/template/journey-service');
  await page.getByRole('link', { name: 'Use this template' }).click();
  await expect(page.getByRole('heading', { name: 'About the service' })).toBeVisible();
  await page.goto('/create');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Actions' }).click();
  await expect(page.getByRole('heading', { name: 'Actions', level: 1 })).toBeVisible();
  await page.goBack();
  await main.getByRole('link', { name: 'Runs' }).click();
  await expect(page).toHaveURL(/\/create\/runs$/);
});

test.describe('what the server refuses', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('comes back to its field, and the same answers are sent with the same key', async ({ page }) => {
    const keys: (string | undefined)[] = [];
    await page.route('**/api/scaffolder/v2/tasks', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      const issues = [{ path: 'values/name', message: 'is taken' }];
      const problem = { type: 'about:blank', title: 'x', requestId: 'r-1' };
      await route.fulfill(
        keys.length === 1
          ? { status: 503, json: { ...problem, status: 503, code: 'server.unavailable' } }
          : { status: 400, json: { ...problem, status: 400, code: 'scaffolder.values-invalid', issues } },
      );
    });
    await openForm(page);
    await fillFirstPage(page, 'taken');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Look it over' }).click();
    await expect(page.getByRole('region', { name: 'What will happen' })).toContainText(
      'The run makes nothing outside',
    );
    await page.getByRole('button', { name: 'Create the service' }).click();
    await expect(page.getByRole('alert')).toContainText('r-1');
    await page.getByRole('button', { name: 'Try again' }).click();
    const problems = page.getByRole('alert').filter({ hasText: 'Before it can start' });
    await expect(problems).toContainText('The server says: is taken.');
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    await problems.getByRole('button', { name: 'Name' }).click();
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await expect(page.getByText('The server says: is taken.').first()).toBeVisible();
  });

  test('a template that is not there leads back to those that are', async ({ page }) => {
    await page.goto('/create/default/no-such-template');
    await expect(page.getByRole('heading', { name: 'This template is not in the catalog' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'See all templates' }).click();
    await expect(page).toHaveURL('/create');
  });
});
