import type { APIRequestContext, Page } from '@playwright/test';
import { listNotifications, updateNotifications } from '@waymark/contracts';
import { expect, expectAccessibleInBothSchemes, failedRequest, test } from './support/portal-test.ts';
import { finishedRun } from './support/template-run.ts';

const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /notifications?$/i });
const rows = (page: Page) => page.getByRole('list', { name: 'Notifications' }).getByRole('listitem');

async function readAll(request: APIRequestContext): Promise<void> {
  const answer = await request.get(`${listNotifications.path}?read=false&limit=200`);
  const { notifications } = listNotifications.reply.parse(await answer.json());
  if (notifications.length === 0) return;
  const ids = notifications.map(({ id }) => id);
  expect((await request.post(updateNotifications.path, { data: { ids, read: true } })).ok()).toBe(true);
}

// They all are the guest's.
test.describe.configure({ mode: 'serial' });
test.beforeEach(({ request }) => readAll(request));

test('what a template tells is under the bell, and following it reads it', async ({ page, request }) => {
  await finishedRun(request, 'news', { title: 'Shop is ready', link: '/teams?q=a' });
  await page.goto('/');
  await expect(bell(page)).toHaveAccessibleName('1 unread notification');
  await bell(page).press('Enter');
  await expect(page).toHaveTitle('Notifications · Waymark');
  const row = rows(page).filter({ hasText: 'Shop is ready' });
  await expect(row).toContainText('It came from a template.');
  await expect(row).toContainText('High');
  await expectAccessibleInBothSchemes(page);
  await row.getByRole('link', { name: 'Shop is ready' }).click();
  await expect(page).toHaveURL(/\/teams\?q=a$/);
  await expect(bell(page)).toHaveAccessibleName('Notifications');
  await page.goBack();
  await expect(row.getByRole('button', { name: 'Mark unread: Shop is ready' })).toBeVisible();
});

test('notifications are marked one by one and all together, and the address says which are shown', async ({
  page,
  request,
}) => {
  await finishedRun(request, 'news', { title: 'First news' });
  await finishedRun(request, 'news', { title: 'Second news', link: 'https://example.com/x' });
  await page.goto('/notifications?show=unread');
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('Second news');
  await expect(page.getByRole('link', { name: /Second news/ })).toHaveAttribute('target', '_blank');
  await page.getByRole('button', { name: 'Mark read: First news' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByText('Everything is read')).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Mark unread: First news' }).click();
  await expect(bell(page)).toHaveAccessibleName('1 unread notification');
  await page.reload();
  await expect(rows(page).filter({ hasText: 'First news' })).toContainText('Unread');
});

test.describe('without its answers', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('the page says so, and the retry loads it', async ({ page }) => {
    await page.route(`**${listNotifications.path}?*`, (route) => route.abort());
    await page.goto('/notifications');
    const retry = page.getByRole('button', { name: /try again/i });
    await expect(retry).toBeVisible();
    await page.unroute(`**${listNotifications.path}?*`);
    await retry.click();
    await expect(retry).toBeHidden();
  });
});
