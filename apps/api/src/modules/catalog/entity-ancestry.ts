import { createHash } from 'node:crypto';
import type { Entity, EndpointReply, getEntityAncestry } from '@waymark/contracts';
import type { CatalogRepository, EntityPlace } from './catalog.repository.ts';
import type { CatalogReader } from './catalog-reader.ts';
import { entityNotFound } from './entity-name.ts';
import { parseFilters } from './read-index/filter.ts';
import { eachBit } from './read-index/slot-set.ts';

/** Whether a target that stands in one file of a source leads to another file of it. Paths are from its root. */
export type LeadsTo = (fromPath: string, target: string, path: string) => boolean;

type Ancestry = EndpointReply<typeof getEntityAncestry>;

const MANAGED_BY = 'backstage.io/managed-by-location';
const MANAGED_BY_ORIGIN = 'backstage.io/managed-by-origin-location';
/** Location entities that are looked at for one answer. */
const MAX_LOCATIONS = 10_000;

/**
 * Reads how an entity came into the catalog: itself first, then the Location entities whose targets
 * lead to its file, those that lead to theirs, up to the location that was registered.
 */
export function createAncestry(
  reader: CatalogReader,
  repository: Pick<CatalogRepository, 'readPlaces'>,
  leadsTo: LeadsTo,
): (ref: string) => Promise<Ancestry> {
  const readEntities = async (refs: readonly string[]): Promise<Map<string, Entity>> => {
    const { index, documents } = await reader.view();
    const texts = await documents.read(
      index,
      refs.map((ref) => index.slotOf(ref) ?? -1),
    );
    return new Map(
      refs.flatMap((ref, position) => {
        const text = texts[position];
        // The documents of the catalog were validated when they came in.
        return text === undefined ? [] : [[ref, JSON.parse(text) as Entity] as const];
      }),
    );
  };

  return async (ref) => {
    const [place] = await repository.readPlaces([ref]);
    if (!place) throw entityNotFound(ref);
    const all = await repository.readPlaces(await locationRefs(reader));
    const locations = all.filter(({ sourceId }) => sourceId === place.sourceId);
    const parents = collectParents(place, locations, leadsTo);
    const entities = await readEntities([...parents.keys()]);
    const roots = await readEntities([...new Set([...entities.values()].flatMap(registeredLocationRefs))]);
    if (!entities.has(ref)) throw entityNotFound(ref);
    const items = [...entities].map(([itemRef, entity]) => {
      const known = (parents.get(itemRef) ?? []).filter((parent) => entities.has(parent));
      const root = registeredLocationRefs(entity).find((one) => roots.has(one) && one !== itemRef);
      return { entity, parentEntityRefs: known.length > 0 || root === undefined ? known : [root] };
    });
    const used = new Set(items.flatMap((item) => item.parentEntityRefs));
    for (const [rootRef, entity] of roots) {
      if (used.has(rootRef) && !entities.has(rootRef)) items.push({ entity, parentEntityRefs: [] });
    }
    return { rootEntityRef: ref, items };
  };
}

async function locationRefs(reader: CatalogReader): Promise<string[]> {
  const { index } = await reader.view();
  const refs: string[] = [];
  eachBit(index.filter(parseFilters(['kind=location'])), (slot) => refs.push(index.refOf(slot)));
  return refs.slice(0, MAX_LOCATIONS);
}

/** Walks up from a place: each ref that leads to it, with the refs that lead there. Circles end by themselves. */
function collectParents(
  start: EntityPlace,
  locations: readonly EntityPlace[],
  leadsTo: LeadsTo,
): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  const pending = [start];
  for (let place = pending.pop(); place; place = pending.pop()) {
    const { ref, path, annotations } = place;
    if (parents.has(ref)) continue;
    const location = annotations[MANAGED_BY];
    const above = locations.filter(
      (one) =>
        one.ref !== ref &&
        one.targets.some((target) => `url:${target}` === location || leadsTo(one.path, target, path)),
    );
    parents.set(
      ref,
      above.map((one) => one.ref),
    );
    pending.push(...above);
  }
  return parents;
}

/** The refs that Backstage gives to the Location entities of registered locations. */
function registeredLocationRefs({ metadata: { annotations = {} } }: Entity): string[] {
  return [annotations[MANAGED_BY], annotations[MANAGED_BY_ORIGIN]]
    .filter((location) => location !== undefined)
    .map((location) => `location:default/generated-${createHash('sha1').update(location).digest('hex')}`);
}
