import type { CatalogReader } from './catalog-reader.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** Entities that are in memory at once while many are sent. */
const CHUNK_SIZE = 200;

/** The refs of slots. They outlive changes of the index, which slots do not. */
export function refsOf(index: CatalogReadIndex, slots: readonly number[]): string[] {
  return slots.map((slot) => index.refOf(slot));
}

/**
 * Full entities as JSON text, a chunk at a time when the receiver wants it. Each is as it is when its
 * chunk is read; one that went in the meantime is left out.
 */
export async function* readInChunks(
  reader: CatalogReader,
  refs: readonly string[],
): AsyncGenerator<string[]> {
  for (let start = 0; start < refs.length; start += CHUNK_SIZE) {
    const { index, documents } = await reader.view();
    const slots = refs.slice(start, start + CHUNK_SIZE).map((ref) => index.slotOf(ref) ?? -1);
    const texts = await documents.read(index, slots);
    yield texts.filter((text) => text !== undefined);
  }
}

/** A JSON list of entities, each as `shape` makes it. */
export async function* toJsonList(
  chunks: AsyncIterable<readonly string[]>,
  shape: (json: string) => string = (json) => json,
): AsyncGenerator<string> {
  let separator = '[';
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    yield separator + chunk.map(shape).join(',');
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
}
