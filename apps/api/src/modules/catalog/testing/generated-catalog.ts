import type { Entity } from '@waymark/catalog-model';
import fc from 'fast-check';

/** An entity with the relations that its document declares. */
export interface Row {
  id: number;
  ref: string;
  entity: Entity;
  relations: { type: string; targetRef: string }[];
}

export const names = ['a', 'b', 'c', 'd', 'e', 'f'];
export const refs = names.map((name) => `component:default/${name}`);
const long = 'L'.repeat(201);
const scalars = [
  'service',
  'Website',
  'x.y',
  'true',
  '',
  'a=b',
  'É',
  '7',
  7,
  -1.5,
  true,
  false,
  null,
  'L'.repeat(200),
  long,
];
const scalar = fc.constantFrom(...scalars);
const tag = fc.constantFrom('java', 'Go', 'tier.one', 'true');

const row: fc.Arbitrary<Row> = fc
  .record({
    name: fc.constantFrom(...names),
    kind: fc.constantFrom('Component', 'API'),
    namespace: fc.constantFrom(undefined, 'default', 'Team-A'),
    tags: fc.array(tag, { maxLength: 3 }),
    labels: fc.dictionary(fc.constantFrom('tier', 'example.com/Team', 'a b'), fc.constantFrom('one', 'Two'), {
      maxKeys: 2,
    }),
    type: scalar,
    list: fc.array(fc.oneof(scalar, tag, fc.record({ x: scalar, Deep: fc.array(tag, { maxLength: 2 }) })), {
      maxLength: 3,
    }),
    isStrange: fc.boolean(),
    relations: fc.uniqueArray(
      fc.record({
        type: fc.constantFrom('ownedBy', 'dependsOn', 'customTo'),
        targetRef: fc.constantFrom(...refs),
      }),
      { maxLength: 3, selector: ({ type, targetRef }) => `${type} ${targetRef}` },
    ),
  })
  .map(({ name, kind, namespace, tags, labels, type, list, isStrange, relations }) => ({
    id: names.indexOf(name) + 1,
    ref: `component:default/${name}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name,
        uid: `uid-${name}`,
        etag: 'never indexed',
        ...(namespace === undefined ? {} : { namespace }),
        tags,
        labels,
      },
      spec: { type, list, empty: {}, ...(isStrange ? { [`K${long}`]: 'x', ['constructor']: 'odd' } : {}) },
      status: { items: 'never indexed' },
    },
    relations,
  }));
/** The entities of a small catalog, each name once. */
export const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ({ id }) => id });

/** Paths that lead to something and paths that do not, in any case. */
export const key = fc.constantFrom(
  ...['kind', 'KIND', 'apiVersion', 'metadata.name', 'metadata.uid', 'metadata.etag', 'metadata.namespace'],
  ...[
    'metadata.tags',
    'metadata.tags.java',
    'Metadata.Tags.tier.one',
    'metadata.tags.true',
    'metadata.labels.tier',
  ],
  ...[
    'metadata.labels.example.com/team',
    'metadata.labels.a b',
    'spec.type',
    'spec.list',
    'spec.list.x',
    'spec.list.deep',
  ],
  ...[
    'spec.list.Deep.go',
    'spec.list.java',
    'spec.list.true',
    'spec.empty',
    'spec',
    'metadata',
    'status.items',
    'nothing',
  ],
  ...[
    'relations.ownedBy',
    'relations.ownerof',
    'Relations.dependsOn',
    'relations.dependencyOf',
    'relations.customTo',
  ],
  ...['relations', 'relations.nothing', `spec.K${long}`],
);
/** Texts that are compared with. */
export const value = fc.oneof(
  fc.constantFrom(
    'component',
    'api',
    'JAVA',
    'go',
    'true',
    'service',
    'website',
    'one',
    'two',
    'default',
    'team-a',
    'odd',
  ),
  fc.constantFrom(
    '7',
    '-1.5',
    'false',
    'null',
    '',
    'a=b',
    'é',
    'L'.repeat(200),
    long,
    'uid-a',
    'tier.one',
    'x.y',
  ),
  fc.constantFrom(...names, ...refs, 'Component:Default/A'),
);
