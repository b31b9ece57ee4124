import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { CatalogReader } from '../catalog/index.ts';
import { withSearchPolicy } from './search.policy.ts';
import { searchRoutes } from './search.routes.ts';
import { createSearchService } from './search.service.ts';

/** The search as the rest of the server sees it. */
export interface SearchModule {
  mount(app: FastifyInstance): void;
}

/** One box over the catalog, asked of its index in memory. */
export function createSearchModule({ reader }: { reader: CatalogReader }): SearchModule {
  const guarded = withSearchPolicy(createSearchService({ reader }), guestMayDoEverything);
  return { mount: (app) => searchRoutes(app, guarded) };
}
