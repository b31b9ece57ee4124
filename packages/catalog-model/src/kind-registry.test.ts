import { describe, expect, it } from 'vitest';
import { createKindRegistry, validateEntity, type CustomKind } from './index.ts';

const widget = (spec: unknown) => ({
  apiVersion: 'acme.io/v1',
  kind: 'Widget',
  metadata: { name: 'w' },
  spec,
});

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema',
  type: 'object',
  required: ['spec'],
  properties: { spec: { $ref: '#/definitions/spec' } },
  definitions: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: { size: { enum: ['small', 'large'] }, count: { type: 'integer', minimum: 1 } },
    },
  },
};

describe('createKindRegistry', () => {
  it('knows the core kinds in both versions, and templates', () => {
    const known = createKindRegistry().kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(known).toContain('backstage.io/v1beta1 Component');
    expect(known).toContain('scaffolder.backstage.io/v1beta3 Template');
    expect(new Set(known).size).toBe(known.length);
  });

  it('accepts any spec of a custom kind without a schema, and reads who owns it', () => {
    const kinds = createKindRegistry([{ apiVersion: 'acme.io/v1', kind: 'Widget' }]);
    const result = validateEntity(widget({ owner: 'team-a', system: { not: 'a ref' }, other: [1] }), kinds);
    expect(result.problems).toEqual([]);
    expect(result.entity && result.relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/team-a' },
    ]);
  });

  it('relates a custom kind by the fields that mean the same in every kind', () => {
    const kinds = createKindRegistry([{ apiVersion: 'acme.io/v1', kind: 'Widget' }]);
    const spec = {
      owner: 'user:jane',
      system: 'billing',
      domain: 'payments',
      subcomponentOf: 'shop',
      providesApis: ['orders'],
      consumesApis: ['ledger'],
      dependsOn: ['resource:db', 'no-kind', 7],
      dependencyOf: ['component:web'],
    };
    const result = validateEntity(widget(spec), kinds);
    expect(result.problems).toEqual([]);
    expect(result.entity && result.relations.map(({ type, targetRef }) => `${type} ${targetRef}`)).toEqual([
      'ownedBy user:default/jane',
      'partOf system:default/billing',
      'partOf component:default/shop',
      'providesApi api:default/orders',
      'consumesApi api:default/ledger',
      'dependsOn resource:default/db',
      'dependencyOf component:default/web',
      'partOf domain:default/payments',
    ]);
  });

  it('still holds a custom kind to the rules of every entity', () => {
    const kinds = createKindRegistry([{ apiVersion: 'acme.io/v1', kind: 'Widget' }]);
    const value = { ...widget({}), metadata: { name: 'a b' }, extra: 1 };
    expect(validateEntity(value, kinds).problems.map(({ path }) => path)).toEqual(['extra', 'metadata.name']);
  });

  it('checks the schema of a custom kind and reports every violation with its path', () => {
    const kinds = createKindRegistry([{ apiVersion: 'acme.io/v1', kind: 'Widget', schema }]);
    expect(validateEntity(widget({ size: 'small', count: 1 }), kinds).problems).toEqual([]);
    expect(validateEntity(widget({ size: 'smal', count: 0 }), kinds).problems).toMatchObject([
      { path: 'spec.size', hint: 'Did you mean "small"?' },
      { path: 'spec.count', message: 'spec.count must be >= 1 (it is 0).' },
    ]);
  });

  it('lets the schema of a custom kind refer to those of every entity', () => {
    const custom = { apiVersion: 'acme.io/v1', kind: 'Widget', schema: { allOf: [{ $ref: 'Entity' }] } };
    expect(validateEntity(widget({}), createKindRegistry([custom])).problems).toEqual([]);
  });

  it.each<[CustomKind[], string]>([
    [[{ apiVersion: 'acme io', kind: 'Widget' }], 'apiVersion must look like'],
    [[{ apiVersion: 'acme.io/v1', kind: 'my-widget' }], 'kind must be letters and digits'],
    [[{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component' }], 'defined already'],
    [[{ apiVersion: 'acme.io/v1', kind: 'component' }], 'only in case'],
    [
      [
        { apiVersion: 'acme.io/v1', kind: 'Widget' },
        { apiVersion: 'acme.io/v1', kind: 'Widget' },
      ],
      'Custom kind 2 (acme.io/v1, Widget)',
    ],
    [[{ apiVersion: 'acme.io/v1', kind: 'Widget', schema: { type: 'objekt' } }], 'its schema cannot be used'],
  ])('refuses %j and says why', (custom, message) => {
    expect(() => createKindRegistry(custom)).toThrow(message);
  });
});
