import { describe, expect, it } from 'vitest';
import {
  createKindRegistry,
  forwardRelation,
  relationPairs,
  reverseRelation,
  validateEntity,
} from './index.ts';
import { validEntities } from './testing/entities.ts';

const kinds = createKindRegistry();

function relationsOf(value: unknown): string[] {
  const result = validateEntity(value, kinds);
  return result.entity === undefined
    ? []
    : result.relations.map(({ type, targetRef }) => `${type} ${targetRef}`);
}

function withSpec(kind: string, spec: object, namespace?: string): Record<string, unknown> {
  const entity = structuredClone(validEntities()[kind] ?? {});
  entity['spec'] = { ...(entity['spec'] as object), ...spec };
  if (namespace !== undefined) entity['metadata'] = { ...(entity['metadata'] as object), namespace };
  return entity;
}

describe('relations', () => {
  it.each([
    [
      'Component',
      [
        'ownedBy group:default/team-a',
        'partOf system:default/billing',
        'partOf component:default/shop',
        'providesApi api:default/orders-api',
        'consumesApi api:payments/payments-api',
        'dependsOn resource:default/orders-db',
        'dependsOn component:other/ledger',
        'dependencyOf component:default/web',
      ],
    ],
    ['API', ['ownedBy group:default/team-a', 'partOf system:default/billing']],
    ['mcp-server API', ['ownedBy group:default/team-a', 'partOf system:default/billing']],
    ['Resource', ['ownedBy user:default/jane', 'partOf system:default/billing']],
    ['System', ['ownedBy group:default/team-a', 'partOf domain:default/payments']],
    ['Domain', ['ownedBy group:default/team-a', 'partOf domain:default/finance']],
    [
      'Group',
      ['childOf group:default/department', 'parentOf group:default/team-a1', 'hasMember user:default/jane'],
    ],
    ['User', ['memberOf group:default/team-a']],
    ['Location', []],
    ['AiResource', ['ownedBy group:default/team-a', 'partOf system:default/billing']],
  ])('are declared by every field of a %s', (kind, expected) => {
    expect(relationsOf(validEntities()[kind])).toEqual(expected);
  });

  it('are declared by the owner of a template', () => {
    const template = {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name: 'service' },
      spec: { type: 'service', owner: 'user:jane', steps: [{ action: 'debug:log' }] },
    };
    expect(relationsOf(template)).toEqual(['ownedBy user:default/jane']);
  });

  it('stay in the namespace of the entity that declares them', () => {
    const relations = relationsOf(withSpec('System', { owner: 'default/team-a' }, 'payments'));
    expect(relations).toEqual(['ownedBy group:default/team-a', 'partOf domain:payments/payments']);
  });

  it('are given once, in canonical lower case', () => {
    const dependsOn = ['Resource:Orders-DB', 'resource:default/orders-db', 'resource:orders-db'];
    const relations = relationsOf(withSpec('Resource', { dependsOn }));
    expect(relations.filter((relation) => relation.startsWith('dependsOn'))).toEqual([
      'dependsOn resource:default/orders-db',
    ]);
  });

  it('may be written as objects where the schema of the kind leaves the field open', () => {
    const dependencyOf = [{ kind: 'Component', name: 'Web', namespace: 'shop' }];
    expect(relationsOf(withSpec('Resource', { dependencyOf }))).toContain('dependencyOf component:shop/web');
  });

  it.each([
    [{ dependsOn: ['orders-db'] }, 'spec.dependsOn[0]', '"component:orders-db"'],
    [{ dependencyOf: ['component:'] }, 'spec.dependencyOf[0]', '[kind:][namespace/]name'],
    [{ dependencyOf: [7] }, 'spec.dependencyOf[0]', '[kind:][namespace/]name'],
    [{ dependencyOf: { kind: 'Component' } }, 'spec.dependencyOf', '[kind:][namespace/]name'],
    [{ owner: 'group:/x' }, 'spec.owner', 'group:default/my-name'],
  ])('that cannot be read refuse the entity: %j', (spec, path, hint) => {
    const { entity, problems } = validateEntity(withSpec('Component', spec), kinds);
    expect(entity).toBeUndefined();
    expect(problems).toMatchObject([
      { level: 'error', code: 'entity.bad-reference', path, hint: expect.stringContaining(hint) },
    ]);
  });

  it('to what cannot exist are kept with a warning, as a dangling reference is', () => {
    const result = validateEntity(withSpec('Domain', { owner: 'jane@example.com' }), kinds);
    expect(result.entity && result.relations).toContainEqual({
      type: 'ownedBy',
      targetRef: 'group:default/jane@example.com',
    });
    expect(result.problems).toMatchObject([{ level: 'warning', code: 'entity.unlikely-reference' }]);
  });

  it('have a reverse, and the reverse of that is the relation again', () => {
    expect(relationPairs).toHaveLength(7);
    expect(reverseRelation('ownedBy')).toBe('ownerOf');
    for (const type of relationPairs.flat()) {
      expect(reverseRelation(reverseRelation(type) ?? '')).toBe(type);
      expect(reverseRelation(type)).not.toBe(type);
    }
    expect(reverseRelation('toString')).toBeUndefined();
  });
});

describe('forwardRelation', () => {
  it('gives one name to both directions of a pair, and leaves other types as they are', () => {
    for (const [forward, reverse] of relationPairs) {
      expect(forwardRelation(forward)).toBe(forward);
      expect(forwardRelation(reverse)).toBe(forward);
    }
    expect(forwardRelation('deployedWith')).toBe('deployedWith');
  });
});
