import type { Page } from '@playwright/test';
import { previewRun } from '@waymark/contracts';
import { expect, expectAccessibleInBothSchemes, failedRequest, test } from './support/portal-test.ts';

/** The review of a form with every answer given. */
async function openReview(page: Page): Promise<void> {
  const values = { name: 'night-ledger', owner: 'group:default/platform', summary: 'Keeps a ledger' };
  const formData = encodeURIComponent(JSON.stringify(values));
  await page.goto(`/create/default/journey-service?formData=${formData}`);
  await expect(page.getByRole('heading', { name: 'About the service', level: 2 })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Storage', level: 2 })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Review', level: 2 })).toBeFocused();
}

const filesOf = (page: Page) => page.getByRole('region', { name: 'Files', exact: true });

test('the review shows the files of the run, and follows the answers', async ({ page }) => {
  await openReview(page);
  const files = filesOf(page);
  await expect(files.getByRole('tree')).toBeVisible();
  await expect(files.getByRole('region', { name: /^Content of / })).toContainText('night-ledger');
  await expectAccessibleInBothSchemes(page);
  await page
    .getByRole('region', { name: 'About the service' })
    .getByRole('button', { name: 'Change' })
    .click();
  await page.getByRole('textbox', { name: 'Name' }).fill('day-ledger');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Review', level: 2 })).toBeFocused();
  await expect(files.getByRole('region', { name: /^Content of / })).toContainText('day-ledger');
});

test('the gallery shows what a template makes, by an example, and leads to its form', async ({ page }) => {
  await page.goto('/create');
  await page.getByRole('button', { name: 'What you get from Service with a descriptor' }).click();
  const dialog = page.getByRole('dialog', { name: 'What you get: Service with a descriptor' });
  await expect(dialog.getByRole('tree')).toBeVisible();
  await expect(dialog).toContainText('name example');
  await expect(dialog.getByRole('region', { name: /^Content of / })).toContainText('example');
  await expectAccessibleInBothSchemes(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'What you get from Service with a descriptor' }).click();
  await dialog.getByRole('link', { name: 'Use this template' }).click();
  await expect(page.getByRole('heading', { name: 'About the service', level: 2 })).toBeVisible();
});

test.describe('when the files cannot be told', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('the review says so, tries again, and the run can be started all the same', async ({ page }) => {
    await page.route(previewRun.path, (route) => route.abort());
    await openReview(page);
    const files = filesOf(page);
    await expect(files.getByRole('alert')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Create the service' })).toBeEnabled();
    await page.unroute(previewRun.path);
    await page.route(previewRun.path, (route) =>
      route.fulfill({
        json: {
          publications: [],
          problem: { code: 'run.failed', message: 'A host is away.', hint: 'Try it later.' },
        },
      }),
    );
    await files.getByRole('button', { name: 'Try again' }).click();
    await expect(files).toContainText('The files cannot be told before the run');
    await expect(files).toContainText('A host is away. Try it later.');
  });
});
