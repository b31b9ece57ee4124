import { countText } from '@waymark/ui';
import { refLabel } from '../entities/entity-ref.ts';
import { inSentence, relationWord } from '../entities/relation-words.ts';
import type { Impact } from './graph.queries.ts';

type Affected = Impact['affected'][number];

/** One step towards the outage: "depends on" and what. */
export interface ImpactStep {
  words: string;
  ref: string;
}

/** The way from an affected entity to the one that is down, as the relations go. */
export function impactPath(
  from: Affected,
  byRef: ReadonlyMap<string, Affected>,
  rootRef: string,
): ImpactStep[] {
  const steps: ImpactStep[] = [];
  const seen = new Set<string>();
  let current: Affected | undefined = from;
  // Each step is nearer than the last; the set ends a malformed answer that goes round in a circle.
  while (current && !seen.has(current.ref)) {
    seen.add(current.ref);
    steps.push({ words: stepWords(current.viaRelation), ref: current.via });
    current = current.via === rootRef ? undefined : byRef.get(current.via);
  }
  return steps;
}

/** An outage goes against these relations, but from a provider to its APIs: there the words turn round. */
const words: Record<string, string> = {
  dependsOn: 'depends on',
  consumesApi: 'consumes',
  providesApi: 'is provided by',
  partOf: 'is part of',
};

function stepWords(type: string): string {
  return words[type] ?? inSentence(relationWord(type));
}

/** A list to paste into a message: each owner with an address and what of theirs is affected. */
export function warnList(impact: Impact, title: string): string {
  const lines = impact.owners.map(({ ref, title: name, email, affectedCount }) => {
    const owner = ref === undefined ? 'Nobody owns' : (name ?? refLabel(ref));
    const things = impact.affected
      .filter(({ ownerRef }) => ownerRef === ref)
      .map(({ ref: affected, title: thing }) => thing ?? refLabel(affected));
    return `- ${owner}${email === undefined ? '' : ` <${email}>`}: ${countText(affectedCount, 'thing')} (${things.join(', ')})`;
  });
  return [`Affected if ${title} is down:`, ...lines].join('\n');
}
