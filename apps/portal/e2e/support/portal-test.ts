import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

interface PortalFixtures {
  /**
   * Messages that a test provokes on purpose, e.g. the browser's line about an answer of 404. Everything else
   * in the console, every page error and every breach of the content policy fails the test.
   */
  expectedMessages: RegExp[];
  guard: void;
}

/** Playwright's test with a guard over each page: a quiet console and an unbroken content policy. */
export const test = base.extend<PortalFixtures>({
  expectedMessages: [[], { option: true }],
  guard: [
    async ({ context, expectedMessages }, use) => {
      const messages: string[] = [];
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`Policy broken: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') messages.push(message.text());
      });
      context.on('weberror', (error) => messages.push(String(error.error())));
      await use();
      expect(
        messages.filter((message) => !expectedMessages.some((expected) => expected.test(message))),
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The line that Chromium writes about an answer that is an error, or that never came. */
export const failedRequest = /Failed to load resource/;

/** Fails on anything that axe finds on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(findings).toEqual([]);
}

/** Colours on their way from one scheme to the other are neither's. What turns for ever is not waited for. */
async function transitionsEnded(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(
        () => document.getAnimations().filter((animation) => animation instanceof CSSTransition).length,
      ),
    )
    .toBe(0);
}

/** The same in light and in dark. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await transitionsEnded(page);
    await expectAccessible(page);
  }
}

/** Rows of the list that is on the page, without its header. */
export function listRows(page: Page) {
  return page.getByRole('grid').locator('[role="row"][data-key]');
}

/** Opens the catalog at the components and waits until its rows are there. */
export async function openComponents(page: Page): Promise<void> {
  await page.goto('/catalog?kind=component');
  await expect(listRows(page).first()).toBeVisible();
}

/** The number in the foot of the list: "152 components" is 152. */
export async function totalOfList(page: Page): Promise<number> {
  const words = await page.locator('footer [role="status"]').innerText();
  return Number(words.replaceAll(/\D/g, ''));
}

/** Holds the answers of these addresses back, as a slow network does; gives what lets them go. */
export async function holdAnswers(page: Page, isHeld: (address: URL) => boolean): Promise<() => void> {
  const release = Promise.withResolvers<undefined>();
  await page.route(isHeld, async (route) => {
    await release.promise;
    await route.continue();
  });
  return () => release.resolve(undefined);
}
