import type { z } from 'zod';
import { badAnswer } from './host-fetch.ts';
import type { AnswerMemory, HostedList } from './hosted-git.ts';

/** Items that are asked for at once: the most that GitHub and GitLab give. */
export const PAGE_SIZE = 100;
/** A list that is longer is taken for endless. */
const MAX_PAGES = 1_000;

/** One page as it came over the wire. */
export interface PageAnswer {
  /** Undefined when the page still is what its `etag` stood for. */
  items: unknown;
  isNotModified: boolean;
  etag: string | undefined;
  hasNext: boolean;
  /** The host says that it left out what the token may not see. */
  isPartial?: boolean;
}

export interface PageListing<Item> {
  host: string;
  /** Names the list among the requests of a source. */
  request: string;
  memory: AnswerMemory;
  /** Of one item, without transforms; what does not fit is left out and counted. */
  schema: z.ZodType<Item>;
  /** Two pages never repeat it: one that does stands for a list that goes round in circles. */
  keyOf: (item: Item) => string;
  fetchPage: (page: number, etag: string | undefined) => Promise<PageAnswer>;
}

/** A page after validation: what is remembered of it, too. */
interface Page {
  items: unknown[];
  skipped: number;
  hasNext: boolean;
}

/**
 * Reads a list to its end, page by page. A page that has not changed since the last time is neither sent
 * nor parsed again, where the host supports that.
 */
export async function listPages<Item>(listing: PageListing<Item>): Promise<HostedList<Item>> {
  const found = new Map<string, Item>();
  let skipped = 0;
  let isPartial = false;
  for (let number = 1; ; number += 1) {
    const { page, isPartial: isPagePartial } = await readPage(listing, number);
    isPartial ||= isPagePartial;
    const sizeBefore = found.size;
    const { items, skipped: skippedNow } = parseItems(listing.schema, page.items);
    for (const item of items) found.set(listing.keyOf(item), item);
    skipped += page.skipped + skippedNow;
    if (!page.hasNext) break;
    if (found.size === sizeBefore || number >= MAX_PAGES) {
      throw badAnswer(
        listing.host,
        `page ${number} of a list brings nothing new and is said not to be the last`,
      );
    }
  }
  return { items: [...found.values()], isComplete: skipped === 0 && !isPartial, skipped };
}

async function readPage<Item>(
  { host, request, memory, schema, fetchPage }: PageListing<Item>,
  number: number,
): Promise<{ page: Page; isPartial: boolean }> {
  const name = `${request}:${number}`;
  const remembered = await memory.find(name);
  const answer = await fetchPage(number, remembered?.etag);
  const isPartial = answer.isPartial === true;
  if (answer.isNotModified && remembered) {
    // Written below, by us only.
    const page = remembered.items as Page;
    // The tag covers the items, not whether others follow: after a full page there may be a new one.
    const isFull = page.items.length + page.skipped >= PAGE_SIZE;
    return { page: { ...page, hasNext: page.hasNext || isFull }, isPartial };
  }
  if (!Array.isArray(answer.items)) throw badAnswer(host, 'a list was expected');
  const page: Page = { ...parseItems(schema, answer.items), hasNext: answer.hasNext };
  if (answer.etag !== undefined) await memory.save(name, answer.etag, page);
  return { page, isPartial };
}

function parseItems<Item>(
  schema: z.ZodType<Item>,
  values: readonly unknown[],
): { items: Item[]; skipped: number } {
  const items = values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  return { items, skipped: values.length - items.length };
}

/** Whether a `Link` header names a next page (RFC 8288). */
export function hasNextLink(link: string | null | undefined): boolean {
  return /;\s*rel="?next"?/.test(link ?? '');
}
