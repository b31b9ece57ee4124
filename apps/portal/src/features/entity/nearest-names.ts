import type { PartialEntity } from '@waymark/contracts';
import { entityTitle } from '../../lib/entities/entity-ref.ts';

const maxSuggestions = 6;

/** What another kind costs, in letters: the kind of an address is mistaken less often than its name. */
const otherKindCost = 3;

/** Orders entities by how little they differ from a kind and a name, and keeps the first six. */
export function nearestNames(
  { kind, name }: { kind: string; name: string },
  entities: readonly PartialEntity[],
) {
  return entities
    .map((entity) => ({
      entity,
      distance:
        editDistance(name, entity.metadata?.name?.toLowerCase() ?? '') +
        (entity.kind?.toLowerCase() === kind ? 0 : otherKindCost),
    }))
    .sort((a, b) => a.distance - b.distance || entityTitle(a.entity).localeCompare(entityTitle(b.entity)))
    .slice(0, maxSuggestions)
    .map(({ entity }) => entity);
}

/** Letters to insert, delete or replace to make one text of the other (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
