import type { Entity } from '@backstage/catalog-model';
import { defaultNamespace } from './entity-ref.ts';
import { maxFactKeyLength } from './value-structure.ts';

/** A searchable fact of an entity. */
export interface Fact {
  /** Dotted path in lower case. */
  key: string;
  /** As written, for facets; it is compared in lower case. `null` for "has the key and equals nothing". */
  value: string | null;
  /** A text of a list: besides `key = value` it also means `key.value = true`. */
  isItem: boolean;
}

/** A longer value is stored as `null`: the key exists and equals nothing. */
const maxFactValueLength = 200;

/** Flattened keys that are not facts. Relations and status are stored elsewhere; the etag changes with everything. */
const unindexedKeys = new Set(['attachments', 'relations', 'status', 'metadata.etag']);

/**
 * The facts of an entity that filters and facets work on, by the rules of Backstage's search index: keys are dotted
 * paths that walk through lists; a text `x` in a list `a.b` means `a.b = x` and `a.b.x = true`; keys over 200
 * characters are dropped and values over 200 are `null`; name, namespace (`default` when missing) and uid are always
 * there. Expects an entity that passed validation (no cycles, bounded depth).
 */
export function flattenFacts(entity: Entity): Fact[] {
  const flattener = new FactFlattener();
  flattener.visit('', entity);
  flattener.addIfMissing('metadata.name', entity.metadata.name);
  flattener.addIfMissing('metadata.uid', entity.metadata.uid);
  flattener.addIfMissing('metadata.namespace', entity.metadata.namespace ?? defaultNamespace);
  return flattener.facts;
}

class FactFlattener {
  readonly facts: Fact[] = [];
  private readonly keys = new Set<string>();
  /** Keys that stand for an item of a list of texts, to give a repeated item once. */
  private readonly itemKeys = new Set<string>();

  visit(key: string, value: unknown): void {
    if (unindexedKeys.has(key)) return;
    if (typeof value !== 'object' || value === null) {
      this.addLeaf(key, value);
    } else if (Array.isArray(value)) {
      for (const item of value) this.visitItem(key, item);
    } else {
      this.visitObject(key, value);
    }
  }

  addIfMissing(key: string, value: string | undefined): void {
    if (!this.keys.has(key)) this.addLeaf(key, value);
  }

  private visitObject(key: string, object: object): void {
    const prefix = key === '' ? '' : `${key}.`;
    for (const [childKey, child] of Object.entries(object)) {
      // A longer key is dropped with all below it; this also bounds the work for absurd keys.
      if (prefix.length + childKey.length > maxFactKeyLength) continue;
      this.visit(prefix + childKey.toLowerCase(), child);
    }
  }

  private visitItem(key: string, item: unknown): void {
    if (typeof item !== 'string') {
      this.visit(key, item);
      return;
    }
    // With a longer item the key that it would make is dropped, and only the value is left.
    const isItem = key.length + item.length < maxFactKeyLength;
    if (!isItem) {
      this.addLeaf(key, item);
      return;
    }
    const itemKey = `${key}.${item.toLowerCase()}`;
    if (this.itemKeys.has(itemKey)) return;
    this.itemKeys.add(itemKey);
    this.addLeaf(key, item, true);
  }

  private addLeaf(key: string, value: unknown, isItem = false): void {
    if (key.length > maxFactKeyLength) return;
    this.keys.add(key);
    this.facts.push({ key, value: factValue(value), isItem });
  }
}

function factValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Lower case is never shorter, so a whole API definition need not be converted to be left out.
  if (text.length > maxFactValueLength) return null;
  return text.toLowerCase().length > maxFactValueLength ? null : text;
}
