import type { CatalogReader, CatalogRequest } from './catalog-reader.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** Stands for a ref that the index does not have. */
export const NO_SLOT = -1;
/** Each attempt sees everything that was committed before it; a ref that changes hands more often is given up. */
const MAX_ATTEMPTS = 3;

/** What a question selected in the index, and the documents of it: as many as slots, in their order. */
export interface WholeRead<Selected> {
  items: (string | undefined)[];
  selected: Selected;
}

/**
 * Selects in the index and reads the documents of what was selected. A row that is gone may have been replaced by
 * another one of the same ref, as in a move between sources, which the index does not know yet: then it is asked
 * again once it does, so that nothing is missing that is there.
 */
export async function readWhole<Selected>(
  reader: Pick<CatalogReader, 'view' | 'catchUp'>,
  request: CatalogRequest | undefined,
  select: (index: CatalogReadIndex) => { slots: readonly number[]; selected: Selected },
): Promise<WholeRead<Selected>> {
  for (let attempt = 1; ; attempt += 1) {
    const { index, documents } = await reader.view(request);
    const { slots, selected } = select(index);
    const items = await documents.read(index, slots);
    const isWhole = items.every((item, position) => item !== undefined || slots[position] === NO_SLOT);
    if (isWhole || attempt === MAX_ATTEMPTS) return { items, selected };
    await reader.catchUp();
  }
}
