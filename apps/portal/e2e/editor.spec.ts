import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { checkTemplateDraft, dryRunTemplate, getTemplateFiles } from '@waymark/contracts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBothSchemes,
  failedRequest,
  test,
} from './support/portal-test.ts';

const greeting = '/create/editor/default/journey-greeting';

/** Opens the template of a card in the editor, and waits until its form is drawn. */
async function openEditor(page: Page, address = greeting): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('textbox', { name: 'Text of template.yaml' })).toBeVisible();
  await expect(page.getByRole('tabpanel', { name: 'Form' }).getByRole('textbox').first()).toBeVisible();
}

/** Puts other words in the place of those that stand on a line of the open file. */
async function replaceInText(page: Page, words: string, others: string): Promise<void> {
  const line = page.locator('.cm-line', { hasText: words }).first();
  const before = (await line.innerText()).replace(/\n$/, '');
  await line.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText(before.replace(words, others));
}

const formOf = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Form' });
const dryRunOf = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Dry run' });
const fileIn = (page: Page, name: string): Locator =>
  page.getByRole('tree', { name: 'Files', exact: true }).getByRole('treeitem', { name });

async function answerAndRun(page: Page): Promise<void> {
  await formOf(page).getByRole('textbox', { name: 'Name' }).fill('Ada');
  await page.getByRole('tab', { name: 'Dry run' }).click();
  await expect(dryRunOf(page).getByRole('status')).toHaveText('Up to date');
}

test('the form and the files of a dry run follow what is changed', async ({ page }) => {
  await page.goto('/create/default/journey-greeting');
  await page.getByRole('link', { name: 'Open in editor' }).click();
  await expect(page).toHaveURL(greeting);
  await openEditor(page);
  await expect(formOf(page).getByRole('heading', { name: 'Card' })).toBeVisible();
  await replaceInText(page, 'title: Name', 'title: Who gets the card');
  await expect(formOf(page).getByRole('textbox', { name: 'Who gets the card' })).toBeVisible();
  await replaceInText(page, '- title: Card', '- title: A card for somebody');
  await expect(formOf(page).getByRole('heading', { name: 'A card for somebody' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Text of template.yaml' })).toBeFocused();

  await page.getByRole('tab', { name: 'Dry run' }).click();
  await expect(dryRunOf(page).getByRole('alert')).toContainText('Who gets the card: Fill this in.');
  await dryRunOf(page).getByRole('button', { name: 'Who gets the card' }).click();
  await formOf(page).getByRole('textbox', { name: 'Who gets the card' }).fill('Ada');
  await page.getByRole('tab', { name: 'Dry run' }).click();
  await expect(dryRunOf(page).getByRole('status')).toHaveText('Up to date');
  const content = dryRunOf(page).getByRole('region', { name: 'Content of card.txt' });
  await expect(content).toContainText('Dear Ada,');
  await expect(dryRunOf(page).getByRole('region', { name: 'Steps' })).toContainText('Skipped');
  await expect(dryRunOf(page).getByRole('region', { name: 'Log of the dry run' })).toContainText(
    'green as grass',
  );
  await expect(dryRunOf(page).getByRole('region', { name: 'Output' })).toContainText(
    'Then <b>celebrate</b>.',
  );

  await fileIn(page, 'card.txt').click();
  await replaceInText(page, 'Dear', 'Good morning');
  await expect(dryRunOf(page).getByRole('status')).toContainText('Out of date');
  await expect(content).toContainText('Good morning Ada,');
  await expect(dryRunOf(page).getByRole('status')).toHaveText('Up to date');
});

test('the draft is there after a reload, without secrets, until somebody starts over', async ({ page }) => {
  await openEditor(page, '/create/editor/default/journey-every-field');
  await formOf(page).getByLabel('Password', { exact: true }).fill('hunter2-hunter2');
  await replaceInText(page, 'title: Plain fields', 'title: Changed fields');
  await expect(formOf(page).getByRole('heading', { name: 'Changed fields' })).toBeVisible();
  await expect(formOf(page).getByLabel('Password', { exact: true })).toHaveValue('hunter2-hunter2');
  await formOf(page).getByRole('textbox', { name: 'Text', exact: true }).fill('kept');
  await page.reload();
  await expect(page.getByText('You go on with your draft')).toBeVisible();
  await expect(formOf(page).getByRole('heading', { name: 'Changed fields' })).toBeVisible();
  await expect(formOf(page).getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('kept');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('hunter2');
  // The form itself knows nothing of it.
  await page.goto('/create/default/journey-every-field');
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('');
  await openEditor(page, '/create/editor/default/journey-every-field');
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await expect(formOf(page).getByRole('heading', { name: 'Plain fields' })).toBeVisible();
  await expect(formOf(page).getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('');
  await page.reload();
  await expect(formOf(page).getByRole('heading', { name: 'Plain fields' })).toBeVisible();
  await expect(page.getByText('You go on with your draft')).toHaveCount(0);
});

test('files are added, renamed, deleted and downloaded', async ({ page }) => {
  await openEditor(page);
  await answerAndRun(page);
  await page.getByRole('button', { name: 'Add a file' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Path' }).fill('skeleton/card.txt');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toContainText('There is a file of this name already.');
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Path' }).fill('skeleton/inner/note.md');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Text of skeleton/inner/note.md' }).fill('For ${{ values.name }}');
  await dryRunOf(page).getByRole('treeitem', { name: 'note.md' }).click();
  await expect(dryRunOf(page).getByRole('region', { name: 'Content of inner/note.md' })).toContainText(
    'For Ada',
  );
  await page.getByRole('button', { name: 'Rename skeleton/inner/note.md' }).click();
  await dialog.getByRole('textbox', { name: 'Path' }).fill('skeleton/memo.md');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of skeleton/memo.md' })).toContainText('For ');
  await expect(dryRunOf(page).getByRole('treeitem', { name: 'memo.md' })).toBeVisible();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download memo.md' }).click();
  expect(await readFile(await (await saved).path(), 'utf8')).toBe('For ${{ values.name }}');
  const archived = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all' }).click();
  expect((await archived).suggestedFilename()).toBe('journey-greeting.zip');

  await page.getByRole('button', { name: 'Delete skeleton/memo.md' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(fileIn(page, 'memo.md')).toHaveCount(0);
  await expect(dryRunOf(page).getByRole('treeitem', { name: 'memo.md' })).toHaveCount(0);
});

test('the keyboard alone gets through all parts, and they are accessible in both schemes', async ({
  page,
}) => {
  await page.goto('/create');
  await page.getByRole('main').getByRole('link', { name: 'Editor' }).click();
  await openEditor(page, '/create/editor');
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('button', { name: 'Add a file' }).focus();
  await page.keyboard.press('Tab');
  await expect(fileIn(page, 'skeleton')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text of skeleton/README.md' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Text of skeleton/README.md' }).focus();
  await page.keyboard.type('Hello ');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tab', { name: 'Form' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Dry run' })).toBeFocused();
  await expect(dryRunOf(page).getByRole('status')).toHaveText('Up to date');
  await dryRunOf(page).getByRole('treeitem', { name: 'README.md' }).click();
  await expect(dryRunOf(page).getByRole('region', { name: 'Content of README.md' })).toContainText(
    'Hello # my-service',
  );
  await expectAccessibleInBothSchemes(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the parts come one at a time', async ({ page }) => {
    await page.goto(greeting);
    await expect(page.getByRole('textbox', { name: 'Text of template.yaml' })).toBeVisible();
    await expect(page.getByRole('tab')).toHaveText(['Files', 'Text', 'Form', 'Dry run']);
    await expect(formOf(page)).toBeHidden();
    await replaceInText(page, 'title: Name', 'title: Who');
    await page.getByRole('tab', { name: 'Form' }).click();
    await formOf(page).getByRole('textbox', { name: 'Who' }).fill('Ada');
    await expectAccessibleInBothSchemes(page);
    await formOf(page).getByRole('button', { name: 'Review' }).click();
    await expect(dryRunOf(page).getByRole('region', { name: 'Content of card.txt' })).toContainText(
      'Dear Ada,',
    );
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Files' }).click();
    await expectAccessible(page);
    await fileIn(page, 'card.txt').click();
    await expect(page.getByRole('textbox', { name: 'Text of skeleton/card.txt' })).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test.describe('when requests fail', () => {
  test.use({ expectedMessages: [failedRequest] });

  test('what is wrong is named with its line, and a failed step with its name', async ({ page }) => {
    await openEditor(page);
    await answerAndRun(page);
    await replaceInText(page, 'kind: Template', 'kind: "Template');
    const problems = formOf(page).getByRole('region', { name: 'Problems of the template' });
    await expect(dryRunOf(page).getByRole('status')).toHaveText('Out of date');
    await page.getByRole('tab', { name: /^Form/ }).click();
    await expect(problems).toContainText(/Line \d+: The YAML cannot be read/);
    await expect(formOf(page)).toContainText('that of the last text that could be read');
    await expectAccessible(page);
    await replaceInText(page, 'kind: "Template', 'kind: Template');
    await expect(problems).toBeEmpty();

    await replaceInText(page, 'action: debug:wait', 'action: pigeon:send');
    await expect(problems).toContainText('the action "pigeon:send", which this server does not have');
    await problems.getByRole('button', { name: 'Line 31' }).click();
    await expect(page.locator('.cm-activeLine')).toContainText('pigeon:send');
    await page.getByRole('tab', { name: 'Dry run' }).click();
    await expect(dryRunOf(page).getByRole('alert')).toContainText('The step “Let it dry” failed');
    await expect(dryRunOf(page).getByRole('status')).toHaveText('It failed');
    await expectAccessible(page);
    await dryRunOf(page).getByRole('button', { name: 'Show the step' }).click();
    await expect(page.locator('.cm-activeLine')).toContainText('id: dry');
  });

  test('a template that is not there leads to a small one', async ({ page }) => {
    await page.goto('/create/editor/default/no-such-template');
    await expect(page.getByRole('heading', { name: 'This template is not in the catalog' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Begin with a small template' }).click();
    await expect(page).toHaveURL('/create/editor');
  });

  test('too many files are told in words, and nothing is lost while the server is away', async ({ page }) => {
    await page.route(`**${getTemplateFiles.path.replace(/:\w+/g, '*')}`, (route) =>
      route.fulfill({
        status: 422,
        json: {
          ...{ type: 'about:blank', title: 'x', status: 422, requestId: 'r-1' },
          code: 'scaffolder.template-files-too-large',
          detail: 'The folder of the template has 900 files.',
        },
      }),
    );
    await page.goto(greeting);
    await expect(page.getByRole('alert')).toContainText('The folder of the template has 900 files.');
    await expectAccessible(page);

    await openEditor(page, '/create/editor');
    for (const { path } of [dryRunTemplate, checkTemplateDraft]) {
      await page.route(`**${path}`, (route) => route.abort());
    }
    await replaceInText(page, 'title: Name', 'title: Called');
    await expect(formOf(page).getByRole('alert')).toContainText('The server cannot be reached');
    await page.unrouteAll();
    await formOf(page).getByRole('button', { name: 'Try again' }).click();
    await expect(formOf(page).getByRole('textbox', { name: 'Called' })).toBeVisible();
  });
});
