import type { TemplateSummary } from '@waymark/contracts';
import { parseRef, stringifyRef } from '../../../lib/entities/entity-ref.ts';
import {
  galleryFacets,
  type GalleryFacet,
  type GalleryState,
} from '../../../lib/scaffolder/gallery-search.ts';

/** The canonical reference of a template's owner, as its author may have written it in short. */
export function ownerRef({ ref, owner }: TemplateSummary): string | undefined {
  if (owner === undefined || owner === '') return undefined;
  const { namespace } = parseRef(ref);
  return stringifyRef(parseRef(owner, { kind: 'group', namespace }));
}

/** The templates that fit the state of the gallery, in its order. */
export function shownTemplates(
  templates: readonly TemplateSummary[],
  state: GalleryState,
  starredRefs: ReadonlySet<string>,
): TemplateSummary[] {
  return templates
    .filter((template) => isShown(template, state, starredRefs))
    .sort(state.sort === 'used' ? (a, b) => b.runCount - a.runCount || byTitle(a, b) : byTitle);
}

/** A value of a facet with how many templates there would be with it. */
export interface FacetCount {
  value: string;
  count: number;
}

/**
 * The values of a facet among what the rest of the state leaves, the most frequent first. What is chosen stays in
 * the list, so that it can be taken back.
 */
export function facetCounts(
  templates: readonly TemplateSummary[],
  facet: GalleryFacet,
  state: GalleryState,
  starredRefs: ReadonlySet<string>,
): FacetCount[] {
  const counts = new Map<string, number>(state[facet].map((value) => [value, 0]));
  const others = { ...state, [facet]: [] };
  for (const template of templates) {
    if (!isShown(template, others, starredRefs)) continue;
    for (const value of valuesOf(template, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

function isShown(template: TemplateSummary, state: GalleryState, starredRefs: ReadonlySet<string>): boolean {
  if (state.set === 'starred' && !starredRefs.has(template.ref)) return false;
  const hasFacets = galleryFacets.every(
    (facet) =>
      state[facet].length === 0 || valuesOf(template, facet).some((value) => state[facet].includes(value)),
  );
  return hasFacets && hasWords(template, state.q);
}

function valuesOf(template: TemplateSummary, facet: GalleryFacet): string[] {
  if (facet === 'tag') return template.tags;
  if (facet === 'type') return [template.type];
  const owner = ownerRef(template);
  return owner === undefined ? [] : [owner];
}

function hasWords({ ref, title, description = '', type, tags }: TemplateSummary, text: string): boolean {
  const words = [parseRef(ref).name, title, description, type, ...tags].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

function byTitle(a: TemplateSummary, b: TemplateSummary): number {
  return a.title.localeCompare(b.title) || a.ref.localeCompare(b.ref);
}
