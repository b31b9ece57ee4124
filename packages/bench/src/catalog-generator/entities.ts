import type { YamlMap } from './block-yaml.ts';
import type { SeededRandom } from './seeded-random.ts';
import { areas, descriptionWords, familyNames, givenNames, roles, tags } from './vocabulary.ts';

/** Kinds of a generated catalog, in the order in which they are written. */
export const generatedKinds = ['Group', 'User', 'Domain', 'System', 'Resource', 'API', 'Component'] as const;

/** One of {@link generatedKinds}. */
export type GeneratedKind = (typeof generatedKinds)[number];

/** How many entities there are of each kind. */
export type KindCounts = Readonly<Record<GeneratedKind, number>>;

/** One entity as it stands in a file. */
export interface GeneratedEntity {
  kind: GeneratedKind;
  metadata: YamlMap & { name: string };
  spec: YamlMap;
}

/** Share of each kind; components are the rest, about 60 %. */
const shares: Readonly<Record<Exclude<GeneratedKind, 'Component'>, number>> = {
  Group: 0.02,
  User: 0.1,
  Domain: 0.005,
  System: 0.04,
  Resource: 0.08,
  API: 0.15,
};

/** Splits a number of entities into kinds, at least two of each; the counts add up to exactly `entities`. */
export function countKinds(entities: number): KindCounts {
  const count = (share: number) => Math.max(2, Math.round(entities * share));
  const counts = {
    Group: count(shares.Group),
    User: count(shares.User),
    Domain: count(shares.Domain),
    System: count(shares.System),
    Resource: count(shares.Resource),
    API: count(shares.API),
  };
  const others = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return { ...counts, Component: entities - others };
}

/** The name of the entity with this position among its kind: any entity can refer to any other without a list. */
export function entityName(kind: GeneratedKind, index: number): string {
  const number = String(index).padStart(5, '0');
  switch (kind) {
    case 'Group':
      return index === 0 ? 'company' : `${spread(areas, index)}-team-${number}`;
    case 'User':
      return `${spread(givenNames, index)}.${spread(familyNames, Math.floor(index / givenNames.length))}.${number}`;
    case 'Domain':
      return `${spread(areas, index)}-domain-${number}`;
    case 'System':
      return `${spread(areas, index * 5)}-system-${number}`;
    case 'Resource':
      return `${spread(areas, index * 3)}-store-${number}`;
    case 'API':
      return `${spread(areas, index * 11)}-api-${number}`;
    case 'Component':
      return `${spread(areas, index * 13)}-${spread(roles, index * 7 + Math.floor(index / areas.length))}-${number}`;
  }
}

function spread(list: readonly string[], index: number): string {
  // The remainder is always inside the list.
  return list[index % list.length] as string;
}

/** All entities of a catalog, one after the other; the same counts and random seed give the same entities. */
export function* generateEntities(counts: KindCounts, random: SeededRandom): Generator<GeneratedEntity> {
  for (const kind of generatedKinds) {
    for (let index = 0; index < counts[kind]; index += 1) {
      const name = entityName(kind, index);
      yield { kind, metadata: metadataOf(kind, name, random), spec: specOf(kind, index, counts, random) };
    }
  }
}

/** Words in a description, where it is not the usual 14. */
const descriptionLengths: Partial<Record<GeneratedKind, number>> = { Group: 8, Component: 18 };

function metadataOf(kind: GeneratedKind, name: string, random: SeededRandom): GeneratedEntity['metadata'] {
  if (kind === 'User')
    return { name, annotations: { 'example.org/employee': `e-${random.below(1_000_000)}` } };
  return {
    name,
    title: titleOf(name),
    description: sentence(descriptionLengths[kind] ?? 14, random),
    labels: {
      'example.org/tier': `tier-${1 + random.below(3)}`,
      'example.org/cost-centre': `cc-${100 + random.below(60)}`,
    },
    annotations: {
      'example.org/repository': `example/${name}`,
      'example.org/on-call': `rota-${random.below(40)}`,
    },
    tags: random.distinctBelow(tags.length, 1 + random.below(3)).map((index) => spread(tags, index)),
    links: kind === 'Component' ? componentLinks(name) : undefined,
  };
}

function titleOf(name: string): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

/** With it the most frequent word makes up 7 % of all words, as in English. */
const wordSkew = 2.5;

/** Prime to the number of words, so that frequent words are not the first of the alphabet. */
const wordStride = 397;

function sentence(length: number, random: SeededRandom): string {
  const words = Array.from({ length }, () =>
    spread(descriptionWords, random.skewedBelow(descriptionWords.length, wordSkew) * wordStride),
  );
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function componentLinks(name: string): YamlMap[] {
  return [
    { url: `https://dashboards.example.org/d/${name}`, title: 'Dashboard' },
    { url: `https://runbooks.example.org/${name}`, title: 'Runbook' },
  ];
}

/** Some teams own far more than others: the first tenth of them owns a third of everything. */
const ownerSkew = 2;

function ownerOf(counts: KindCounts, random: SeededRandom): string {
  // Not the company itself, which comes first.
  return entityName('Group', 1 + random.skewedBelow(counts.Group - 1, ownerSkew));
}

function someOf(kind: GeneratedKind, counts: KindCounts, random: SeededRandom, most: number): string[] {
  return random.distinctBelow(counts[kind], random.below(most + 1)).map((index) => entityName(kind, index));
}

function oneOf(kind: GeneratedKind, counts: KindCounts, random: SeededRandom): string {
  return entityName(kind, random.below(counts[kind]));
}

function specOf(kind: GeneratedKind, index: number, counts: KindCounts, random: SeededRandom): YamlMap {
  switch (kind) {
    case 'Group':
      return groupSpec(index);
    case 'User':
      return userSpec(index, counts, random);
    case 'Domain':
      return { owner: ownerOf(counts, random) };
    case 'System':
      return { owner: ownerOf(counts, random), domain: oneOf('Domain', counts, random) };
    case 'Resource':
      return resourceSpec(counts, random);
    case 'API':
      return apiSpec(index, counts, random);
    case 'Component':
      return componentSpec(index, counts, random);
  }
}

/** The company, six departments, then teams, each group under one that came before it: six to a parent. */
function groupSpec(index: number): YamlMap {
  const name = entityName('Group', index);
  return {
    type: index === 0 ? 'organization' : index <= 6 ? 'department' : 'team',
    profile: { displayName: titleOf(name), email: `${name}@example.org` },
    parent: index === 0 ? undefined : entityName('Group', Math.floor((index - 1) / 6)),
    children: [],
  };
}

function userSpec(index: number, counts: KindCounts, random: SeededRandom): YamlMap {
  const name = entityName('User', index);
  const [given = '', family = ''] = name.split('.');
  const groups = random.distinctBelow(counts.Group - 1, 1 + random.below(2));
  return {
    profile: { displayName: `${titleOf(given)} ${titleOf(family)}`, email: `${name}@example.org` },
    memberOf: groups.map((group) => entityName('Group', 1 + group)),
  };
}

function resourceSpec(counts: KindCounts, random: SeededRandom): YamlMap {
  return {
    type: random.weighted([
      ['database', 0.5],
      ['s3-bucket', 0.2],
      ['topic', 0.2],
      ['cluster', 0.1],
    ]),
    owner: ownerOf(counts, random),
    system: oneOf('System', counts, random),
  };
}

function apiSpec(index: number, counts: KindCounts, random: SeededRandom): YamlMap {
  return {
    type: random.weighted([
      ['openapi', 0.6],
      ['grpc', 0.25],
      ['asyncapi', 0.15],
    ]),
    lifecycle: lifecycleOf(random),
    owner: ownerOf(counts, random),
    system: oneOf('System', counts, random),
    definition: apiDefinition(entityName('API', index), random),
  };
}

function apiDefinition(name: string, random: SeededRandom): string {
  const paths = Array.from({ length: 4 + random.below(6) }, (_, index) => {
    const word = spread(descriptionWords, random.below(descriptionWords.length));
    const summary = sentence(5, random);
    return `  /${word}/${index}:\n    get: { summary: ${summary}, responses: { '200': { description: OK } } }\n`;
  });
  return `openapi: 3.0.3\ninfo: { title: ${name}, version: 1.${random.below(20)}.0 }\npaths:\n${paths.join('')}`;
}

function lifecycleOf(random: SeededRandom): string {
  return random.weighted([
    ['production', 0.67],
    ['experimental', 0.23],
    ['deprecated', 0.1],
  ]);
}

function componentSpec(index: number, counts: KindCounts, random: SeededRandom): YamlMap {
  const type = random.weighted([
    ['service', 0.55],
    ['library', 0.2],
    ['website', 0.15],
    ['data-pipeline', 0.1],
  ]);
  const components = random.distinctBelow(counts.Component, random.below(3), index);
  const dependsOn = [
    ...components.map((other) => `component:default/${entityName('Component', other)}`),
    ...someOf('Resource', counts, random, 2).map((name) => `resource:default/${name}`),
  ];
  const isPart = index > 10 && random.fraction() < 0.08;
  const providesOne = type === 'service' && random.fraction() < 0.6;
  return {
    type,
    lifecycle: lifecycleOf(random),
    owner: ownerOf(counts, random),
    system: oneOf('System', counts, random),
    subcomponentOf: isPart ? entityName('Component', random.below(index)) : undefined,
    dependsOn: listOrNothing(dependsOn),
    providesApis: providesOne ? [oneOf('API', counts, random)] : undefined,
    consumesApis: listOrNothing(someOf('API', counts, random, 2)),
  };
}

function listOrNothing(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined;
}
