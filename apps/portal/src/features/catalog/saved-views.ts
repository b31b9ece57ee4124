import { z } from 'zod';
import { createStoredValue, useStoredValue } from '../../lib/browser/stored-value.ts';

/** Views that one browser keeps; a person who needs more has too many to find one. */
export const maxSavedViews = 50;
export const maxViewNameLength = 60;

const savedViewSchema = z.object({
  name: z.string(),
  /** The catalog's state as it stands in the address, e.g. `?kind=api&owner=…`; empty for everything. */
  search: z.string(),
});
/** A state of the catalog with a name. */
export type SavedView = z.output<typeof savedViewSchema>;

const stored = createStoredValue('catalog-views', z.array(savedViewSchema), []);

/** The saved views in the order that the person gave them. */
export function useSavedViews(): SavedView[] {
  return useStoredValue(stored);
}

/** Why a name cannot be given to a view, in words, or undefined. */
export function viewNameProblem(
  name: string,
  views: readonly SavedView[],
  renamed?: string,
): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'Give the view a name.';
  if (trimmed.length > maxViewNameLength) return `At most ${maxViewNameLength} characters.`;
  const isTaken = views.some((view) => view.name === trimmed && view.name !== renamed);
  if (isTaken) return `There is a view called “${trimmed}” already.`;
  if (renamed === undefined && views.length >= maxSavedViews) {
    return `There are ${maxSavedViews} views already: delete one first.`;
  }
  return undefined;
}

/** Changes of the saved views. Names are unique, so a name says which view is meant. */
export const savedViews = {
  add: (name: string, search: string) => stored.set([...stored.get(), { name: name.trim(), search }]),
  rename: (name: string, newName: string) =>
    stored.set(stored.get().map((view) => (view.name === name ? { ...view, name: newName.trim() } : view))),
  remove: (name: string) => stored.set(stored.get().filter((view) => view.name !== name)),
  /** One place up (-1) or down (1); at the end nothing happens. */
  move: (name: string, step: -1 | 1) => stored.set(moved(stored.get(), name, step)),
};

/** The views with one of them a place further up or down. */
export function moved(views: readonly SavedView[], name: string, step: -1 | 1): SavedView[] {
  const from = views.findIndex((view) => view.name === name);
  const to = from + step;
  const view = views[from];
  if (view === undefined || to < 0 || to >= views.length) return [...views];
  const others = views.filter((each) => each !== view);
  return [...others.slice(0, to), view, ...others.slice(to)];
}
