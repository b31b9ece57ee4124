import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import type { ReadinessCheck } from '../../platform/health/health.ts';
import { createCatalogReader, type CatalogReader } from './catalog-reader.ts';
import { withCatalogPolicy } from './catalog.policy.ts';
import { createCatalogRepository } from './catalog.repository.ts';
import { catalogRoutes } from './catalog.routes.ts';
import { createCatalogService } from './catalog.service.ts';
import { CatalogSynchronizer, type Subscribe } from './catalog-synchronizer.ts';
import { createEntityDocuments } from './entity-documents.ts';
import { createPastCatalogRepository } from './past-catalog.repository.ts';
import { createPastCatalogs, type CatalogView } from './past-catalogs.ts';
import { findSimilarRefs } from './similar-refs.ts';

export { canonicalRef, entityNotFound } from './canonical-ref.ts';
export type { CatalogReader } from './catalog-reader.ts';
export { CATALOG_CHANNEL } from './catalog-synchronizer.ts';
export type { CatalogView } from './past-catalogs.ts';
export type { EntityDocuments } from './entity-documents.ts';
export type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
export { parseFilters } from './read-index/filter.ts';
export type { ForwardRelation } from './read-index/relation-index.ts';
export { foldedWords, foldText, wordsIn } from './read-index/search-words.ts';
export { WordSimilarity } from './read-index/word-similarity.ts';
export { maxSearchScore, type SearchMatches } from './read-index/search-index.ts';
export {
  clearBit,
  countBits,
  eachBit,
  hasBit,
  intersectInto,
  setBit,
  type Bitmap,
} from './read-index/slot-set.ts';

/** The catalog as other parts of the server see it. */
export interface CatalogModule {
  mount(app: FastifyInstance): void;
  readiness: ReadinessCheck;
  /** For modules that answer from the catalog. They ask for the caller's permission themselves. */
  readonly reader: CatalogReader;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Brings this process's answers up to everything that is committed now. */
  catchUp(): Promise<void>;
  /**
   * The catalog of an instant; without one, that of the present, whose index must not be kept over an `await`.
   *
   * @throws AppError `catalog.bad-instant`, `catalog.not-ready`
   */
  viewAt(asOf: string | undefined): Promise<CatalogView>;
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
  const reader = createCatalogReader(synchronizer, createEntityDocuments(repository));
  const past = createPastCatalogs(createPastCatalogRepository(options.database), () => new Date());
  const viewAt = async (asOf: string | undefined): Promise<CatalogView> =>
    asOf === undefined ? { index: reader.index(), documents: reader.documents } : past.at(asOf);
  const service = createCatalogService({
    repository,
    reader,
    viewAt,
    requestRefresh: options.requestRefresh,
  });
  const guarded = withCatalogPolicy(service, guestMayDoEverything);
  return {
    mount: (app) => catalogRoutes(app, guarded),
    reader,
    readiness: async () => synchronizer.notReadyReason,
    start: () => synchronizer.start(),
    stop: () => synchronizer.stop(),
    catchUp: () => synchronizer.catchUp(),
    similarRefs: (ref, maxItems) => findSimilarRefs(synchronizer.index.refs(), ref, maxItems),
    viewAt,
  };
}
