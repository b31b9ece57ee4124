import { z } from 'zod';
import { createStoredValue, useStoredValue } from '../browser/stored-value.ts';

const maxRecent = 20;
/** As many as one query of the starred set can name. */
export const maxStarred = 50;

const rememberedSchema = z.object({ ref: z.string(), title: z.string() });
/** An entity as it was called when it was last seen. */
export type RememberedEntity = z.output<typeof rememberedSchema>;

const recent = createStoredValue('recent', z.array(rememberedSchema), []);
const starred = createStoredValue('starred', z.array(rememberedSchema), []);

/** Puts an entity in front of the recently viewed ones. */
export function rememberVisit(entity: RememberedEntity) {
  recent.set([entity, ...recent.get().filter(({ ref }) => ref !== entity.ref)].slice(0, maxRecent));
}

/** The recently viewed entities, the last one first. */
export function useRecentEntities(): RememberedEntity[] {
  return useStoredValue(recent);
}

/** The starred entities in the order of starring. */
export function useStarredEntities(): RememberedEntity[] {
  return useStoredValue(starred);
}

/** Is this entity starred, kept up to date. */
export function useIsStarred(ref: string): boolean {
  return useStarredEntities().some((entity) => entity.ref === ref);
}

/** Stars entities or takes their stars away; the oldest go when there are too many. */
export function setStarred(entities: RememberedEntity[], isStarred: boolean) {
  const refs = new Set(entities.map(({ ref }) => ref));
  const others = starred.get().filter(({ ref }) => !refs.has(ref));
  starred.set(isStarred ? [...others, ...entities].slice(-maxStarred) : others);
}
