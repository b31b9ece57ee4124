import { parseRef, stringifyRef } from '@waymark/catalog-model';
import type { Bitmap, CatalogReadIndex } from '../catalog/index.ts';
import type { FilterField, SearchScope } from './search-parameters.ts';

/** The catalog's key for each field of a document. An owner is compared with the relation as well, see below. */
const KEYS: Readonly<Record<FilterField, string>> = {
  kind: 'kind',
  namespace: 'metadata.namespace',
  name: 'metadata.name',
  componentType: 'spec.type',
  type: 'spec.type',
  lifecycle: 'spec.lifecycle',
  owner: 'spec.owner',
};

/** Slots that match all filters of a search, but for those on kinds when they shall be left out. */
export function filterSlots(
  index: CatalogReadIndex,
  filters: SearchScope['filters'],
  { withoutKinds = false } = {},
): Bitmap {
  const set = new Map<string, string[]>();
  let ownerRefs: string[] = [];
  for (const [field, values] of filters) {
    if (field === 'kind' && withoutKinds) continue;
    const key = KEYS[field];
    set.set(key, [...(set.get(key) ?? []), ...values.map((value) => value.trim().toLowerCase())]);
    if (field === 'owner') ownerRefs = values.flatMap(ownerRefOf);
  }
  if (set.size === 0) return index.filter([]);
  // An owner may be written as in the file, or as a full reference.
  const byRelation = new Map([...set].filter(([key]) => key !== KEYS.owner));
  byRelation.set('relations.ownedby', ownerRefs);
  return index.filter(ownerRefs.length === 0 ? [set] : [set, byRelation]);
}

function ownerRefOf(text: string): string[] {
  try {
    return [stringifyRef(parseRef(text.trim(), { defaultKind: 'group' }))];
  } catch {
    return []; // no reference, so it can only be equal to what the file says
  }
}
