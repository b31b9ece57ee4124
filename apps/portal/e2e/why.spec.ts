import { listSources } from '@waymark/contracts';
import { commitToDemo, originOf, readAgain } from './support/demo-repository.ts';
import {
  expect,
  expectAccessible,
  failedRequest,
  listRows,
  openComponents,
  test,
} from './support/portal-test.ts';

test('an entity in the catalog says where it comes from, and its source can be read again', async ({
  page,
}) => {
  await openComponents(page);
  await listRows(page).first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Why is it here?' }).click();
  await expect(page).toHaveURL(/\/why\?ref=component/);
  await expect(page.getByRole('heading', { name: 'It is in the catalog' })).toBeVisible();
  const sources = page.getByRole('region', { name: 'Sources' });
  await expect(sources).toContainText(/Read /);
  await expectAccessible(page);
  await sources.getByRole('button', { name: 'Read again now' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /was read|could not be read/ })).toBeVisible({
    timeout: 30_000,
  });
});

test('a repository that a discovery found is read again too, though the list of sources leaves it out', async ({
  page,
}) => {
  await openComponents(page);
  const ref = (await listRows(page).nth(1).getAttribute('data-key')) ?? '';
  const { sourceId } = await originOf(page.request, ref);
  await page.route(/\/api\/catalog\/sources(\?|$)/, async (route) => {
    const response = await route.fetch();
    const { items, ...rest } = listSources.reply.parse(await response.json());
    await route.fulfill({ response, json: { ...rest, items: items.filter(({ id }) => id !== sourceId) } });
  });
  await page.goto(`/why?ref=${ref}`);
  const source = page
    .getByRole('region', { name: 'Sources' })
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href$="/sources/${sourceId}"]`) });
  await expect(source).toContainText(/Up to date|Late|Reading|Queued/);
  await source.getByRole('button', { name: 'Read again now' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /was read|could not be read/ })).toBeVisible({
    timeout: 60_000,
  });
});

test('a name that nothing has is answered with the next step, and leads to what is like it', async ({
  page,
}) => {
  await openComponents(page);
  const ref = (await listRows(page).nth(2).getAttribute('data-key')) ?? '';
  const name = ref.split('/')[1] ?? '';
  await page.goto('/why');
  const field = page.getByRole('combobox', { name: 'Reference or name' });
  await field.fill(`component:default/${name}x`);
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'It is not in the catalog' })).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What was found' }).getByRole('listitem').first(),
  ).toContainText(/Error|Warning|Note/);
  await expectAccessible(page);
});

test('a bare name is answered for what has it', async ({ page }) => {
  await openComponents(page);
  const ref = (await listRows(page).nth(4).getAttribute('data-key')) ?? '';
  await page.goto(`/why?ref=${ref.split('/')[1] ?? ''}`);
  await expect(page.getByRole('main').getByText(ref).first()).toBeVisible();
});

test.describe('an entity whose file broke', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('is found missing, and the reason is its removal, with the commit', async ({ page }) => {
    // A read of a source may have to wait for others.
    test.slow();
    await page.goto('/catalog?kind=resource');
    const ref = (await listRows(page).first().getAttribute('data-key')) ?? '';
    const name = ref.split('/')[1] ?? '';
    const origin = await originOf(page.request, ref);
    const withoutIt = (text: string) =>
      text
        .split(/^---\n/m)
        .filter((document) => !new RegExp(`^  name: ['"]?${name}['"]?$`, 'm').test(document))
        .join('---\n');
    commitToDemo(origin, withoutIt, `Retire ${name}`);
    await readAgain(page, origin.sourceId);
    await expect
      .poll(
        async () => {
          await page.goto(`/catalog/default/resource/${name}`);
          return page.getByRole('heading', { level: 1 }).innerText();
        },
        { timeout: 30_000 },
      )
      .toContain('There is no Resource called');
    await page.getByRole('link', { name: 'Why is it not here?' }).click();
    await expect(page.getByRole('heading', { name: 'It is not in the catalog' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What was found' })).toContainText(origin.path);
    await expect(page.getByRole('region', { name: 'Sources' })).toContainText(/Read /);
    await expectAccessible(page);
  });
});
