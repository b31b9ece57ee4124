import type { Permission } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { withCatalogPolicy } from './catalog.policy.ts';
import type { CatalogService } from './catalog.service.ts';

const demanded: Record<keyof CatalogService, Permission> = {
  revision: 'catalog.entity.read',
  queryEntities: 'catalog.entity.read',
  queryEntitiesByPredicate: 'catalog.entity.read',
  listEntities: 'catalog.entity.read',
  getFacets: 'catalog.entity.read',
  getFacetsByPredicate: 'catalog.entity.read',
  getEntity: 'catalog.entity.read',
  getEntityByUid: 'catalog.entity.read',
  getEntitiesByRefs: 'catalog.entity.read',
  getAncestry: 'catalog.entity.read',
  getOrigin: 'catalog.entity.read',
  exportEntities: 'catalog.entity.read',
  getBadge: 'catalog.entity.read',
  refreshEntity: 'catalog.entity.refresh',
  deleteEntity: 'catalog.entity.delete',
  validateEntity: 'catalog.entity.validate',
};

/** A service that only says what it was asked. */
const asked: string[] = [];
const service = new Proxy({} as CatalogService, {
  get: (_, name) => async (caller: unknown, input: unknown) => asked.push(`${String(name)} ${String(input)}`),
});
const caller = { actor: { ref: 'user:default/somebody' }, requestId: 'a-request' };
type Ask = (from: typeof caller, input: unknown) => Promise<unknown>;
const missing: Ask = () => Promise.reject(new Error('The policy lacks this method.'));

describe.each(Object.entries(demanded))('%s', (name, permission) => {
  // Every method takes the caller and what is asked; what that is does not matter here.
  const askOf = (guarded: CatalogService) => (guarded as unknown as Record<string, Ask>)[name] ?? missing;

  it(`is refused without ${permission}, whatever else the caller may do`, async () => {
    asked.length = 0;
    const guarded = withCatalogPolicy(service, (_, wanted) => wanted !== permission);
    await expect(askOf(guarded)(caller, 'x')).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect(asked).toEqual([]);
  });

  it(`is answered with ${permission} alone`, async () => {
    asked.length = 0;
    const guarded = withCatalogPolicy(service, (_, wanted) => wanted === permission);
    await askOf(guarded)(caller, 'x');
    expect(asked).toEqual([`${name} ${name === 'revision' ? 'undefined' : 'x'}`]);
  });
});
