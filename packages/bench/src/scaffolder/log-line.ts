import { listTaskEvents } from '@waymark/contracts';
import { launchBrowser } from '../support/browser.ts';
import { percentile } from '../support/percentile.ts';
import type { ServerClient } from '../support/server-client.ts';
import { CHATTER_LINES } from './bench-templates.ts';
import type { RunClient } from './run-client.ts';

/** From the moment that a line is written down until it is in the page of the run. */
export interface LogLineResult {
  lines: number;
  p50Ms: number;
  mostMs: number;
}

/** Written by the page's own script, see {@link LINE_WATCH}. */
type SeenLines = { seenLines?: Record<number, number> };

const LINE = /The line of number ([0-9]+) ends[.]/;
/** What runs inside the page, as text: it notes when each line is there for the first time. */
const LINE_WATCH = `
(() => {
  const seen = (globalThis.seenLines = {});
  new MutationObserver(() => {
    const now = Date.now();
    for (const [, line] of document.body.textContent.matchAll(/${LINE.source}/g)) seen[Number(line)] ??= now;
  }).observe(document, { childList: true, subtree: true, characterData: true });
})();
`;
/** No assertion: without it a page that never gets there would hold the benchmark for ever. */
const LIMIT_MS = 60_000;

export interface LogLineOptions {
  url: string;
  client: ServerClient;
  runs: RunClient;
  resources: AsyncDisposableStack;
}

/** Looks at the page of a run in a browser while it is running. Both clocks are this machine's. */
export async function measureLogLine({
  url,
  client,
  runs,
  resources,
}: LogLineOptions): Promise<LogLineResult> {
  const browser = await launchBrowser(resources);
  const page = await browser.newPage();
  await page.addInitScript(LINE_WATCH);
  const taskId = await runs.start('chatter', {});
  await page.goto(`${url}/create/runs/${taskId}`);
  const seen = page.waitForFunction(
    // The page's own script has put it there.
    (wanted) => (globalThis as SeenLines).seenLines?.[wanted] !== undefined,
    CHATTER_LINES - 1,
    { timeout: LIMIT_MS },
  );
  await Promise.all([seen, runs.followToEnd(taskId)]);
  // The page's own script has put it there.
  const shownAt = await page.evaluate(() => (globalThis as SeenLines).seenLines ?? {});
  const events = await client.call(listTaskEvents, { params: { taskId } });
  const delays = events.flatMap(({ body, createdAt }) => {
    const [, line] = LINE.exec(body.message) ?? [];
    const shown = line === undefined ? undefined : shownAt[Number(line)];
    return shown === undefined ? [] : [shown - Date.parse(createdAt)];
  });
  // What was there before the page was open has waited for the page.
  const live = delays.slice(Math.floor(CHATTER_LINES / 3)).toSorted((left, right) => left - right);
  return { lines: live.length, p50Ms: percentile(live, 50), mostMs: live.at(-1) ?? Number.NaN };
}
