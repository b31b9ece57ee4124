import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClientCatalog, startTimeoutMs, type ClientCatalog } from './testing/client-catalog.ts';

/** What Backstage's own client can have done, and checked, besides reading. */

const database = useTestDatabase();
let catalog: ClientCatalog;

beforeAll(async () => {
  catalog = await startClientCatalog(database().url);
}, startTimeoutMs);

afterAll(() => catalog[Symbol.asyncDispose]());

describe('refreshEntity', () => {
  it('queues a read of the source, and says when there is no such entity', async () => {
    await catalog.client.refreshEntity('component:default/own-service');
    const { rows } = await catalog.harness.database.pool.query(
      'SELECT id, state FROM catalog_source WHERE state = $1',
      ['queued'],
    );
    expect(rows).toEqual([{ id: catalog.ownSource, state: 'queued' }]);
    await expect(catalog.client.refreshEntity('component:default/nobody')).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe('removeEntityByUid', () => {
  it('takes an entity out at once and for everybody, and the next read of its unchanged file brings it back', async () => {
    const ref = 'component:default/own-deep';
    const before = await catalog.client.getEntityByRef(ref);
    await catalog.client.removeEntityByUid(before?.metadata.uid ?? '');
    expect(await catalog.client.getEntityByRef(ref)).toBeUndefined();
    expect(
      (await catalog.client.getEntityByRef('component:default/own-service'))?.relations,
    ).not.toContainEqual({
      type: 'dependencyOf',
      targetRef: ref,
    });
    await expect(catalog.client.removeEntityByUid(before?.metadata.uid ?? '')).rejects.toMatchObject({
      statusCode: 404,
    });
    const { rows } = await catalog.harness.database.pool.query(
      'SELECT actor, target FROM audit_entry WHERE action = $1',
      ['entity.delete'],
    );
    expect(rows).toEqual([{ actor: 'user:default/guest', target: ref }]);

    await catalog.harness.read(catalog.ownSource);
    const after = await catalog.client.getEntityByRef(ref);
    expect(after?.spec).toEqual(before?.spec);
    expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
    expect((await catalog.client.getEntityByRef('component:default/own-service'))?.relations).toContainEqual({
      type: 'dependencyOf',
      targetRef: ref,
    });
  });
});

describe('validateEntity', () => {
  const valid = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'new' },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
  };
  const location = 'url:https://example.com/repo/catalog-info.yaml';

  it('accepts what the catalog would accept, a kind of the configuration too', async () => {
    expect(await catalog.client.validateEntity(valid, location)).toEqual({ valid: true });
    const runbook = {
      apiVersion: 'example.com/v1',
      kind: 'Runbook',
      metadata: { name: 'restart' },
      spec: { steps: [] },
    };
    expect(await catalog.client.validateEntity(runbook, location)).toEqual({ valid: true });
    expect(await catalog.client.getEntityByRef('component:default/new')).toBeUndefined();
  });

  it.each([
    [
      'a missing field',
      { ...valid, spec: { type: 'service', lifecycle: 'production' } },
      location,
      /spec\.owner/,
    ],
    ['a bad name', { ...valid, metadata: { name: 'not a name' } }, location, /metadata\.name/],
    ['an unknown kind', { ...valid, kind: 'Starship' }, location, /Starship/],
    [
      'a field that a kind of the configuration demands',
      { apiVersion: 'example.com/v1', kind: 'Runbook', metadata: { name: 'x' }, spec: {} },
      location,
      /steps/,
    ],
    ['a location that is none', valid, 'nowhere', /nowhere/],
  ])('tells everything that is wrong: %s', async (_, entity, locationRef, message) => {
    const verdict = await catalog.client.validateEntity(entity, locationRef);
    expect(verdict).toEqual({
      valid: false,
      errors: expect.arrayContaining([
        { name: 'InputError', message: expect.stringMatching(message) as string },
      ]) as unknown[],
    });
  });
});
