import { graphLimits } from '@waymark/contracts';
import {
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs';
import { parseRef } from '../entities/entity-ref.ts';

/** Ways to look at a neighbourhood: the picture with its table, whom an outage reaches, the plain relations. */
export const graphViews = ['graph', 'impact', 'relations'] as const;
export const graphDirections = ['both', 'forward', 'backward'] as const;
export const graphGroupings = ['none', 'system', 'domain'] as const;
export type GraphGrouping = (typeof graphGroupings)[number];

/** Deeper pictures are walls of boxes; who wants more steps follows them. */
export const maxShownDepth = 5;

const list = parseAsArrayOf(parseAsString);

/** The state of a graph as it stands in the address, but for where it starts. */
export const graphSearchParsers = {
  view: parseAsStringLiteral(graphViews).withDefault('graph'),
  depth: parseAsInteger.withDefault(graphLimits.defaultDepth),
  direction: parseAsStringLiteral(graphDirections).withDefault('both'),
  /** Without it, all kinds. */
  kinds: list,
  /** Without it, what is usual for the start's kind. */
  relations: list,
  group: parseAsStringLiteral(graphGroupings).withDefault('none'),
  limit: parseAsInteger.withDefault(graphLimits.defaultNodes),
  /** The entity that the side panel is about. */
  node: parseAsString,
} as const;

/** The address of the graph page also holds its start, and the instant that it shows. */
export const graphPageParsers = {
  root: parseAsString,
  ...graphSearchParsers,
  asOf: parseAsString,
} as const;

/** `?root=component:default/payments&depth=1` of a state; what is at its default is left out. */
export const graphSearchString = createSerializer(graphPageParsers);

type GraphPageValues = inferParserType<typeof graphPageParsers>;
/** Parts of the state; what is missing or null stands at its default. */
export type GraphSearch = { [Key in keyof GraphPageValues]?: GraphPageValues[Key] | null };

/** Every relation of the core kinds, named from its source. Each has a counterpart that is not told apart. */
export const forwardRelations = [
  'dependsOn',
  'consumesApi',
  'providesApi',
  'partOf',
  'ownedBy',
  'memberOf',
  'childOf',
] as const;

/**
 * What is chosen of some options once one of them is ticked or not: undefined where that is all of them.
 * The last tick stays: nothing chosen would show nothing.
 */
export function toggledChoice(
  options: readonly string[],
  chosen: readonly string[] | undefined,
  value: string,
): string[] | undefined {
  const next = options.filter((each) => (chosen?.includes(each) ?? true) !== (each === value));
  if (next.length === options.length) return undefined;
  return next.length === 0 ? [value] : next;
}

const technical = ['dependsOn', 'consumesApi', 'providesApi'];
const usualByKind: Record<string, string[]> = {
  component: technical,
  service: technical,
  api: technical,
  resource: technical,
  system: [...technical, 'partOf'],
  domain: ['partOf'],
  group: ['childOf', 'memberOf', 'ownedBy'],
  user: ['memberOf', 'ownedBy'],
};

/**
 * The relations that a picture of this kind of thing follows unless asked otherwise: ownership would lead
 * from any service to everything of its team. Undefined stands for all.
 */
export function usualRelations(rootRef: string): string[] | undefined {
  return usualByKind[parseRef(rootRef).kind];
}
