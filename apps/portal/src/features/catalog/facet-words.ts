import type { FacetName } from '../../lib/catalog-search.ts';
import { refLabel } from '../../lib/entities/entity-ref.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';

const words: Record<FacetName, string> = {
  type: 'Type',
  lifecycle: 'Lifecycle',
  owner: 'Owner',
  system: 'System',
  tag: 'Tag',
  namespace: 'Namespace',
  source: 'Source',
};

/** The name of a filter. */
export function facetWord(name: FacetName): string {
  return words[name];
}

/** What a value of a filter is called: a reference by its name, a source by its repository. */
export function facetValueLabel(name: FacetName, value: string): string {
  if (name === 'owner' || name === 'system') return refLabel(value);
  if (name === 'source') return shortTarget(value);
  return value;
}
