import type { Entity } from '@waymark/contracts';
import { compareKinds, kindPlural } from '../../lib/entities/kind-words.ts';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { targetsOf } from '../../lib/entities/relation-words.ts';

/** A titled list of related entities. */
export interface OverviewSection {
  title: string;
  refs: string[];
}

/** The relations that an overview of each kind shows, as title and relation types. */
const sectionsByKind: Record<string, [title: string, ...types: string[]][]> = {
  component: [
    ['Provides APIs', 'providesApi'],
    ['Consumes APIs', 'consumesApi'],
    ['Depends on', 'dependsOn'],
    ['Used by', 'dependencyOf'],
    ['Subcomponents', 'hasPart'],
  ],
  api: [
    ['Provided by', 'apiProvidedBy'],
    ['Consumed by', 'apiConsumedBy'],
  ],
  resource: [
    ['Used by', 'dependencyOf'],
    ['Depends on', 'dependsOn'],
  ],
};

/** The sections of an entity's overview, without empty ones. A system and a domain show their parts by kind. */
export function overviewSections(entity: Entity): OverviewSection[] {
  const kind = entity.kind.toLowerCase();
  const sections = (sectionsByKind[kind] ?? []).map(([title, ...types]) => ({
    title,
    refs: targetsOf(entity, ...types),
  }));
  return [...(kind in sectionsByKind ? [] : partsByKind(entity)), ...sections].filter(
    ({ refs }) => refs.length > 0,
  );
}

function partsByKind(entity: Entity): OverviewSection[] {
  const parts = targetsOf(entity, 'hasPart');
  const kinds = [...new Set(parts.map((ref) => parseRef(ref).kind))].sort(compareKinds);
  return kinds.map((kind) => ({
    title: kindPlural(kind),
    refs: parts.filter((ref) => parseRef(ref).kind === kind),
  }));
}
