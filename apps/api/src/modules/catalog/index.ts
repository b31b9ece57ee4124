import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import type { ReadinessCheck } from '../../platform/health/health.ts';
import { withCatalogPolicy } from './catalog.policy.ts';
import { createCatalogRepository } from './catalog.repository.ts';
import { catalogRoutes } from './catalog.routes.ts';
import { createCatalogService } from './catalog.service.ts';
import { CatalogSynchronizer, type Subscribe } from './catalog-synchronizer.ts';
import { addCatalogVersionHeaders } from './catalog-version-headers.ts';
import { createEntityDocuments } from './entity-documents.ts';

export { CATALOG_CHANNEL } from './catalog-synchronizer.ts';

/** The catalog as other parts of the server see it. */
export interface CatalogModule {
  mount(app: FastifyInstance): void;
  readiness: ReadinessCheck;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Brings this process's answers up to everything that is committed now. */
  catchUp(): Promise<boolean>;
}

export interface CatalogModuleOptions {
  database: Database;
  log: Logger;
  subscribe: Subscribe;
  requestRefresh: (sourceId: string, caller: Caller) => Promise<void>;
}

/** Reading side of the catalog: queries, entities, facets. What it shows is written by the sources module. */
export function createCatalogModule(options: CatalogModuleOptions): CatalogModule {
  const repository = createCatalogRepository(options.database);
  const synchronizer = new CatalogSynchronizer({
    repository,
    subscribe: options.subscribe,
    log: options.log,
  });
  const service = createCatalogService({
    repository,
    synchronizer,
    documents: createEntityDocuments(repository, (version) => synchronizer.noteShown(version)),
    requestRefresh: options.requestRefresh,
  });
  const guarded = withCatalogPolicy(service, guestMayDoEverything);
  return {
    mount(app) {
      addCatalogVersionHeaders(app, synchronizer);
      catalogRoutes(app, guarded);
    },
    readiness: async () => synchronizer.notReadyReason,
    start: () => synchronizer.start(),
    stop: () => synchronizer.stop(),
    catchUp: () => synchronizer.catchUp(),
  };
}
