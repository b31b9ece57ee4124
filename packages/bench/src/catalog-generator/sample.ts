import type { GeneratedEntity, KindCounts } from './entities.ts';
import { entityName } from './entities.ts';

/** A kind and a type that entities of it have. */
export interface KindAndType {
  kind: string;
  type: string;
}

/**
 * Values to ask for in a load that no cache can hide: up to {@link sampleSize} of each, all of which occur in
 * the catalog. There are fewer where the catalog has fewer (a thousand entities have twenty groups).
 */
export interface CatalogSample {
  /** Names of components, spread over the whole catalog. */
  components: readonly string[];
  /** Names of groups that own something, from the one that owns most to the one that owns least. */
  owners: readonly string[];
  /** Kinds with types, {@link sampleSize} of them; the few that there are repeat in turn. */
  kindTypes: readonly KindAndType[];
  /** Different combinations of kind, type and owner, each with at least one entity. */
  kindTypeOwners: readonly (KindAndType & { owner: string })[];
  /** Words of descriptions, lower-case. */
  words: readonly string[];
}

/** Length of each list of a {@link CatalogSample}, as far as the catalog reaches. */
export const sampleSize = 500;

/** Watches a catalog being generated and remembers what it needs for a sample; memory is bounded by groups and words. */
export class CatalogSampler {
  readonly #ownedCounts = new Map<string, number>();
  readonly #kindTypes = new Map<string, KindAndType>();
  readonly #kindTypeOwners = new Map<string, KindAndType & { owner: string }>();
  readonly #words = new Set<string>();

  /** Takes note of one entity. */
  observe({ kind, metadata, spec }: GeneratedEntity): void {
    const { type, owner } = spec;
    if (typeof metadata['description'] === 'string') this.#observeWords(metadata['description']);
    if (typeof owner === 'string') this.#ownedCounts.set(owner, (this.#ownedCounts.get(owner) ?? 0) + 1);
    if (typeof type !== 'string') return;
    this.#kindTypes.set(`${kind} ${type}`, { kind, type });
    if (typeof owner === 'string')
      this.#kindTypeOwners.set(`${kind} ${type} ${owner}`, { kind, type, owner });
  }

  /** The sample of everything observed so far. */
  sample(counts: KindCounts): CatalogSample {
    const components = Math.min(sampleSize, counts.Component);
    const owners = [...this.#ownedCounts].sort(
      ([left, most], [right, more]) => more - most || (left < right ? -1 : 1),
    );
    const kindTypes = [...this.#kindTypes.values()];
    return {
      components: Array.from({ length: components }, (_, index) =>
        entityName('Component', Math.floor((index * counts.Component) / components)),
      ),
      owners: evenly(owners.map(([name]) => name)),
      kindTypes: Array.from({ length: sampleSize }, (_, index) => kindTypes[index % kindTypes.length]).filter(
        (pair) => pair !== undefined,
      ),
      kindTypeOwners: evenly([...this.#kindTypeOwners.values()]),
      words: evenly([...this.#words].sort()),
    };
  }

  #observeWords(description: string): void {
    for (const word of description.toLowerCase().slice(0, -1).split(' ')) this.#words.add(word);
  }
}

/** Up to {@link sampleSize} items at even distances. */
function evenly<Item>(items: readonly Item[]): Item[] {
  if (items.length <= sampleSize) return [...items];
  return items.filter((_, index) => {
    const slot = (position: number) => Math.floor((position * sampleSize) / items.length);
    return slot(index) !== slot(index - 1);
  });
}
