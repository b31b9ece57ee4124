import type { ApiClient } from '@waymark/api-client';
import { getEntityByName, queryEntities } from '@waymark/contracts';

/** What somebody saw who looked at the catalog all the time. */
export interface PollerReport {
  polls: number;
  /** Answers that lacked an entity which was there all the while. */
  falseAbsences: string[];
  /** Answers that had an entity which was gone. */
  stale: string[];
}

/** Asks for components by name and by query, without a pause, until it is stopped. */
export interface CatalogPoller {
  /** From now on these may be missing. */
  mayGo(names: readonly string[]): void;
  /** From now on these must be missing. */
  mustBeGone(names: readonly string[]): void;
  /** Resolves after so many more polls. */
  pollSoMany(count: number): Promise<void>;
  /** Ends it; a failed poll is thrown here. */
  stop(): Promise<PollerReport>;
}

/** Shares no factor with a round number of names. */
const STRIDE = 37;

/** Starts to look at once; all `names` must be there from then on. */
export function startCatalogPoller(api: ApiClient, names: readonly string[]): CatalogPoller {
  const required = new Set(names);
  const gone = new Set<string>();
  const report: PollerReport = { polls: 0, falseAbsences: [], stale: [] };
  let isStopped = false;
  let waiting: { until: number; resolve: () => void }[] = [];

  const pollTotal = async () => {
    const mostBefore = names.length - gone.size;
    const total = await countOf(api, 'kind=component');
    if (total < required.size) report.falseAbsences.push(`by-query: ${total} of at least ${required.size}`);
    if (total > mostBefore) report.stale.push(`by-query: ${total} of at most ${mostBefore}`);
  };
  /** Judges by what was to be expected when it was asked for and still is. */
  const pollOne = async (name: string, how: string, isThere: () => Promise<boolean>) => {
    const wasRequired = required.has(name);
    const wasGone = gone.has(name);
    const isSeen = await isThere();
    if (wasRequired && required.has(name) && !isSeen) report.falseAbsences.push(`${how}: ${name}`);
    if (wasGone && isSeen) report.stale.push(`${how}: ${name}`);
  };
  const poll = async () => {
    // In strides, so that neighbours, which a story changes together, come at different times.
    const name = names[(report.polls * STRIDE) % names.length] ?? '';
    await pollTotal();
    await pollOne(name, 'by-name', () => isThereByName(api, name));
    await pollOne(name, 'by-query', async () => (await countOf(api, `metadata.name=${name}`)) > 0);
    report.polls += 1;
    for (const { until, resolve } of waiting) if (report.polls >= until) resolve();
    waiting = waiting.filter(({ until }) => report.polls < until);
    // An answer from memory takes no turn of the event loop; whoever else works in this process must get theirs.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const run = async () => {
    while (!isStopped) await poll();
  };
  const running = run();
  running.catch(() => {}); // thrown by `stop`

  return {
    mayGo: (those) => those.forEach((name) => required.delete(name)),
    mustBeGone: (those) => those.forEach((name) => gone.add(name)),
    pollSoMany: (count) =>
      Promise.race([
        running,
        new Promise<void>((resolve) => waiting.push({ until: report.polls + count + 1, resolve })),
      ]),
    async stop() {
      isStopped = true;
      await running;
      return report;
    },
  };
}

async function countOf(api: ApiClient, filter: string): Promise<number> {
  return (await api.call(queryEntities, { query: { filter: [filter], limit: 0 } })).totalItems;
}

async function isThereByName(api: ApiClient, name: string): Promise<boolean> {
  try {
    await api.call(getEntityByName, { params: { kind: 'component', namespace: 'default', name }, query: {} });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'catalog.entity-not-found') return false;
    throw error;
  }
}
