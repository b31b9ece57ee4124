/** What the targets of a relation are to the entity, in the order in which people ask. */
const words: Record<string, string> = {
  ownedBy: 'Owner',
  partOf: 'Part of',
  childOf: 'Parent group',
  memberOf: 'Member of',
  dependsOn: 'Depends on',
  consumesApi: 'Consumes APIs',
  providesApi: 'Provides APIs',
  dependencyOf: 'Used by',
  apiConsumedBy: 'Consumed by',
  apiProvidedBy: 'Provided by',
  hasPart: 'Parts',
  parentOf: 'Sub-groups',
  hasMember: 'Members',
  ownerOf: 'Owns',
};
const order = Object.keys(words);

/** "Depends on" for `dependsOn`; a relation of the company's own in words made of its name. */
export function relationWord(type: string): string {
  const known = words[type];
  if (known !== undefined) return known;
  const spaced = type.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A relation's words inside a sentence or on a line: "consumes APIs". */
export function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Targets of an entity's relations by type: known types first, targets in the order of their names. */
export function relationsByType(
  relations: readonly { type: string; targetRef: string }[],
): [string, string[]][] {
  const byType = new Map<string, Set<string>>();
  for (const { type, targetRef } of relations) {
    byType.set(type, (byType.get(type) ?? new Set()).add(targetRef));
  }
  const place = (type: string) => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...byType]
    .map(([type, refs]): [string, string[]] => [type, [...refs].sort()])
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b));
}

/** Targets of some relation types of an entity, each once, by name. */
export function targetsOf(
  entity: { relations?: { type: string; targetRef: string }[] | undefined },
  ...types: string[]
): string[] {
  const refs = (entity.relations ?? [])
    .filter(({ type }) => types.includes(type))
    .map(({ targetRef }) => targetRef);
  return [...new Set(refs)].sort();
}

const counterparts: Record<string, string> = {
  ownedBy: 'ownerOf',
  partOf: 'hasPart',
  childOf: 'parentOf',
  memberOf: 'hasMember',
  dependsOn: 'dependencyOf',
  consumesApi: 'apiConsumedBy',
  providesApi: 'apiProvidedBy',
};

/** The words for a relation seen from its target: "Used by" for `dependsOn`. */
export function counterpartWord(type: string): string {
  const counterpart = counterparts[type];
  return counterpart === undefined ? `${relationWord(type)} (from there)` : relationWord(counterpart);
}
