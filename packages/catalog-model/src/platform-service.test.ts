import { describe, expect, it } from 'vitest';
import { createKindRegistry, parseDescriptorFile, validateEntity } from './index.ts';
import { testLimits } from './testing/entities.ts';

const kinds = createKindRegistry();

function manifest(spec: object, apiVersion = 'internal.platform/v1') {
  return { apiVersion, kind: 'Service', metadata: { name: 'payments' }, spec };
}

const smallest = { runtime: 'nodejs24', environment: 'production' };

describe('the platform manifest', () => {
  it('is an entity with what it needs, and related like a component', () => {
    const result = validateEntity(
      manifest({
        ...smallest,
        database: { type: 'postgres', plan: 'small' },
        observability: { traces: true, logs: 'enabled' },
        owner: 'team-payments',
        system: 'billing',
        providesApis: ['payments-api'],
        consumesApis: ['ledger/ledger-api'],
        dependsOn: ['resource:payments-db'],
        dependencyOf: ['component:web'],
      }),
      kinds,
    );
    expect(result.problems).toEqual([]);
    expect(result.entity && result.relations.map(({ type, targetRef }) => `${type} ${targetRef}`)).toEqual([
      'ownedBy group:default/team-payments',
      'partOf system:default/billing',
      'providesApi api:default/payments-api',
      'consumesApi api:ledger/ledger-api',
      'dependsOn resource:default/payments-db',
      'dependencyOf component:default/web',
    ]);
  });

  it('needs neither an owner nor a database', () => {
    expect(validateEntity(manifest(smallest), kinds).problems).toEqual([]);
  });

  it.each([
    [{ environment: 'production' }, 'spec.runtime', 'runtime: nodejs24'],
    [{ runtime: 'jvm21' }, 'spec.environment', 'environment: production'],
    [{ runtime: 24, environment: 'production' }, 'spec.runtime', 'Put it in quotes: "24".'],
    [{ environment: 'production', runtme: 'x' }, 'spec.runtime', 'where it says "runtme"'],
    [{ ...smallest, database: 'postgres' }, 'spec.database', 'database: { type: postgres, plan: small }'],
    [{ ...smallest, database: { plan: 'small' } }, 'spec.database.type', 'type: postgres'],
    [{ ...smallest, database: { type: 'postgres' } }, 'spec.database.plan', 'plan: small'],
    [{ ...smallest, observability: { traces: 'yes' } }, 'spec.observability.traces', 'true or false'],
    [{ ...smallest, observability: { logs: 'enabeld' } }, 'spec.observability.logs', '"enabled"'],
    [{ ...smallest, dependsOn: ['payments-db'] }, 'spec.dependsOn[0]', 'resource:payments-db'],
  ])('says what to do about %j', (spec, path, hint) => {
    const problem = validateEntity(manifest(spec), kinds).problems.find((found) => found.path === path);
    expect(`${problem?.message} ${problem?.hint}`).toContain(hint);
  });

  it('is not the Service of another format', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: []}\n';
    const [document] = parseDescriptorFile(text, { kinds, limits: testLimits }).documents;
    expect(document?.entity).toBeUndefined();
    expect(document?.problems).toMatchObject([{ code: 'entity.unknown-kind', path: 'apiVersion' }]);
  });
});
