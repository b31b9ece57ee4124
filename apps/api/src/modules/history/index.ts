import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { CatalogModule } from '../catalog/index.ts';
import { withHistoryPolicy } from './history.policy.ts';
import { createHistoryRepository } from './history.repository.ts';
import { historyRoutes } from './history.routes.ts';
import { createHistoryService } from './history.service.ts';
import { createWhyRepository } from './why.repository.ts';

export { changeIdOf, instantOfChangeId } from './change-id.ts';

/** Past and reasons of entities, as the server mounts them. */
export interface HistoryModule {
  mount(app: FastifyInstance): void;
}

export interface HistoryModuleOptions {
  database: Database;
  catalog: Pick<CatalogModule, 'similarRefs'>;
}

/** Every change of an entity, and why one is or is not in the catalog. Written by the sources module. */
export function createHistoryModule({ database, catalog }: HistoryModuleOptions): HistoryModule {
  const service = createHistoryService({
    history: createHistoryRepository(database),
    why: createWhyRepository(database),
    similarRefs: (ref, maxItems) => catalog.similarRefs(ref, maxItems),
  });
  const guarded = withHistoryPolicy(service, guestMayDoEverything);
  return { mount: (app) => historyRoutes(app, guarded) };
}
