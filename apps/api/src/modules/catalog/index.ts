import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { ReadinessCheck } from '../../platform/health/health.ts';
import { withCatalogPolicy } from './catalog.policy.ts';
import { createCatalogRepository } from './catalog.repository.ts';
import { catalogRoutes } from './catalog.routes.ts';
import { createCatalogService } from './catalog.service.ts';
import { CatalogSynchronizer, type Subscribe } from './catalog-synchronizer.ts';
import { createEntityDocuments } from './entity-documents.ts';
import { createPastCatalogRepository } from './past-catalog.repository.ts';
import { createPastCatalogs } from './past-catalogs.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { findSimilarRefs } from './similar-refs.ts';

export { CATALOG_CHANNEL } from './catalog-synchronizer.ts';

/** The catalog as other parts of the server see it. */
export interface CatalogModule {
  mount(app: FastifyInstance): void;
  readiness: ReadinessCheck;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Brings this process's answers up to everything that is committed now. */
  catchUp(): Promise<void>;
  /**
   * The read index of an instant; without one, that of the present, which must not be kept over an `await`.
   *
   * @throws AppError `catalog.bad-instant`, `catalog.not-ready`
   */
  indexAt(asOf: string | undefined): Promise<CatalogReadIndex>;
  /** Refs of the present catalog that somebody who asks for `ref` may have meant, the likeliest first. */
  similarRefs(ref: string, maxItems: number): Promise<string[]>;
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
  const past = createPastCatalogs(createPastCatalogRepository(options.database), () => new Date());
  const service = createCatalogService({
    repository,
    synchronizer,
    documents: createEntityDocuments(repository),
    past,
    requestRefresh: options.requestRefresh,
  });
  const guarded = withCatalogPolicy(service, guestMayDoEverything);
  return {
    mount: (app) => catalogRoutes(app, guarded),
    readiness: async () => synchronizer.notReadyReason,
    start: () => synchronizer.start(),
    stop: () => synchronizer.stop(),
    catchUp: () => synchronizer.catchUp(),
    similarRefs: (ref, maxItems) => findSimilarRefs(synchronizer.index.refs(), ref, maxItems),
    async indexAt(asOf) {
      if (asOf !== undefined) return (await past.at(asOf)).index;
      const reason = synchronizer.notReadyReason;
      if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
      return synchronizer.index;
    },
  };
}
