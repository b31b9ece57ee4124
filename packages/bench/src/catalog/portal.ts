import { getGraph, queryEntities, type EndpointReply } from '@waymark/contracts';
import type { Browser, Page } from 'playwright';
import type { CatalogSample } from '../catalog-generator/sample.ts';
import { launchBrowser } from '../support/browser.ts';
import { median, percentile } from '../support/percentile.ts';
import { PORTAL_PROBE } from './portal-probe.ts';
import { requestPath, type ServerClient } from '../support/server-client.ts';

/** How the portal is in a browser, with an empty cache and this catalog. Times in milliseconds. */
export interface PortalResult {
  /** Script of the catalog page as it crosses the wire, in bytes. */
  scriptBytes: number;
  /** From the start of the navigation until rows are there; the median of {@link repetitions}. */
  firstRowsMs: number;
  /** From a key in the filter until the rows of the new text are painted. */
  keystroke: { count: number; p50Ms: number; maxMs: number };
  /** The neighbourhood that was drawn; none where the catalog has none that large. */
  graph: PortalGraphResult | undefined;
}

export interface PortalGraphResult {
  nodes: number;
  /** From the start of the navigation, with an empty cache, until the picture is there. */
  drawnMs: number;
  /** Longest frame from the server's answer until a second after the picture was there. */
  longestFrameMs: number;
  /** Longest frame while the picture is moved and zoomed. */
  longestMovedFrameMs: number;
}

export interface PortalOptions {
  url: string;
  client: ServerClient;
  sample: CatalogSample;
  resources: AsyncDisposableStack;
}

const repetitions = 3;
const TYPED_WORDS = 5;
/** After a key nothing is asked of the browser for so long, because watching it costs it time. */
const SETTLED_MS = 700;
/** No assertion: without it a list that never gets there would hold the benchmark for ever. */
const PAINT_LIMIT_MS = 20_000;
const GRAPH_NODES = 200;
const GRAPH_DEPTHS = [1, 2, 3, 4, 5];
const GRAPH_CANDIDATES = 5;
const ROW = '[role="row"][data-key]';
const BOX = '[data-entity-box]';
const LINE = '.react-flow__edge';
const VIEWPORT = { width: 1440, height: 900 };

/** Uses the portal as people do. The browser shares the machine with the server. */
export async function measurePortal({
  url,
  client,
  sample,
  resources,
}: PortalOptions): Promise<PortalResult> {
  const browser = await launchBrowser(resources);
  const loads: { scriptBytes: number; firstRowsMs: number }[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) loads.push(await measureFirstLoad(browser, url));
  return {
    scriptBytes: median(loads.map(({ scriptBytes }) => scriptBytes)),
    firstRowsMs: median(loads.map(({ firstRowsMs }) => firstRowsMs)),
    keystroke: await measureTyping(browser, url, sample),
    graph: await measureGraph(browser, url, await findLargeGraph(client, sample)),
  };
}

/** A page of a visitor who was never here. */
async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript(PORTAL_PROBE);
  return context.newPage();
}

async function measureFirstLoad(browser: Browser, url: string) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let scriptBytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript')) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(`${url}/catalog?kind=component`);
  await page.locator(ROW).first().waitFor();
  const firstRowsMs = await page.evaluate<number>('performance.now()');
  await page.waitForLoadState('networkidle');
  await page.context().close();
  return { scriptBytes, firstRowsMs };
}

async function measureTyping(browser: Browser, url: string, { components }: CatalogSample) {
  const times: number[] = [];
  const names = components.map((name) => name.split('-')[0] ?? name);
  for (const word of [...new Set(names)].slice(0, TYPED_WORDS)) {
    const page = await openFilter(browser, url);
    for (let length = 1; length <= word.length; length += 1) {
      times.push(...(await measureKey(page, word.slice(0, length))));
    }
    await page.context().close();
  }
  const sorted = times.toSorted((left, right) => left - right);
  return { count: times.length, p50Ms: percentile(sorted, 50), maxMs: sorted.at(-1) ?? Number.NaN };
}

/** Types the last letter of a text; nothing is measured when it changes nothing, for then there is nothing to wait for. */
async function measureKey(page: Page, text: string): Promise<number[]> {
  const before = await page.evaluate<string>('probe.state()');
  const asked = page.waitForRequest((request) => {
    const { pathname, searchParams } = new URL(request.url());
    return pathname === queryEntities.path && searchParams.get('fullTextFilterTerm') === text;
  });
  await page.keyboard.press(text.slice(-1));
  await page.waitForTimeout(SETTLED_MS);
  // The same question from here: the browser is not bothered with reading the answer twice.
  const reply = await fetch((await asked).url());
  const expected = stateOf(queryEntities.reply.parse(await reply.json()));
  if (expected === before) return [];
  const painted = `probe.paintedAfterKey(${JSON.stringify(expected)})`;
  const deadline = performance.now() + PAINT_LIMIT_MS;
  while (performance.now() < deadline) {
    const time = await page.evaluate<number | undefined>(painted);
    if (time !== undefined) return [time];
    await page.waitForTimeout(20);
  }
  throw new Error(`The list never showed the answer for "${text}" (${expected}).`);
}

/** What the probe will say once the list shows the answer. */
function stateOf({ totalItems, items: [first] }: EndpointReply<typeof queryEntities>): string {
  if (first === undefined) return `${totalItems} `;
  const { kind, metadata } = first;
  return `${totalItems} ${kind?.toLowerCase()}:${metadata?.namespace}/${metadata?.name}`;
}

async function openFilter(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(`${url}/catalog?kind=component`);
  await page.locator(ROW).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('/');
  return page;
}

/** Path of the page with the smallest neighbourhood that fills the picture. */
async function findLargeGraph(
  client: ServerClient,
  { components }: CatalogSample,
): Promise<string | undefined> {
  for (const depth of GRAPH_DEPTHS) {
    for (const name of components.slice(0, GRAPH_CANDIDATES)) {
      const root = `component:default/${name}`;
      const { nodes } = await client.call(getGraph, { query: { root, depth, limit: GRAPH_NODES } });
      // Unless asked for all relations, the page follows those that are usual for a component.
      const query = { root, depth, limit: GRAPH_NODES, relations: 'all' };
      if (nodes.length >= GRAPH_NODES) return requestPath({ path: '/graph' }, { query });
    }
  }
  return undefined;
}

async function measureGraph(
  browser: Browser,
  url: string,
  path: string | undefined,
): Promise<PortalGraphResult | undefined> {
  if (path === undefined) return undefined;
  const page = await openPage(browser);
  await page.goto(url + path);
  await page.locator(BOX).first().waitFor();
  await page.locator(LINE).first().waitFor();
  const drawnMs = await page.evaluate<number>('performance.now()');
  await page.waitForTimeout(1_000);
  const answered = await page.evaluate<number>(
    `performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/api/catalog/graph')).responseEnd`,
  );
  const longestFrameMs = await page.evaluate<number>(`probe.longestFrame(${answered})`);
  const moved = await page.evaluate<number>('performance.now()');
  await moveAndZoom(page);
  const longestMovedFrameMs = await page.evaluate<number>(`probe.longestFrame(${moved})`);
  const nodes = await countOfNodes(page);
  await page.context().close();
  if (nodes < GRAPH_NODES) throw new Error(`The picture at ${path} is of ${nodes} entities only.`);
  return { nodes, drawnMs, longestFrameMs, longestMovedFrameMs };
}

/** As the page itself tells it, whether or not something was left out. */
async function countOfNodes(page: Page): Promise<number> {
  const count = /Showing ([0-9,]+) of|([0-9,]+) entities/;
  const words = count.exec(await page.getByText(count).first().innerText());
  return Number((words?.[1] ?? words?.[2])?.replaceAll(',', ''));
}

async function moveAndZoom(page: Page): Promise<void> {
  const canvas = page.getByRole('application', { name: /^Graph/ });
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The picture of the graph is not to be seen.');
  const [x, y] = [box.x + box.width / 2, box.y + 20];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 20; step += 1) await page.mouse.move(x + step * 12, y + step * 8);
  await page.mouse.up();
  for (let step = 0; step < 10; step += 1) {
    await page.mouse.wheel(0, step % 2 === 0 ? -200 : 160);
    await page.waitForTimeout(30);
  }
}
