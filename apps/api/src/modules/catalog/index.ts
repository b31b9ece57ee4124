import { createKindRegistry, type CustomKind } from '@waymark/catalog-model';
import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { ReadinessCheck } from '../../platform/health/health.ts';
import { createCatalogReader, type CatalogReader } from './catalog-reader.ts';
import { withCatalogPolicy } from './catalog.policy.ts';
import { createCatalogRepository } from './catalog.repository.ts';
import { catalogRoutes } from './catalog.routes.ts';
import { createCatalogService } from './catalog.service.ts';
import { CatalogSynchronizer, type Subscribe } from './catalog-synchronizer.ts';
import { addCatalogVersionHeaders } from './catalog-version-headers.ts';
import type { LeadsTo } from './entity-ancestry.ts';
import type { CatalogWrites } from './entity-changes.service.ts';
import { createEntityDocuments } from './entity-documents.ts';
import { createPastCatalogRepository } from './past-catalog.repository.ts';
import { createPastCatalogs } from './past-catalogs.ts';
import { findSimilarRefs } from './similar-refs.ts';

export { canonicalRef, entityNotFound, type EntityName } from './entity-name.ts';
export type { CatalogReader } from './catalog-reader.ts';
export type { CatalogView } from './catalog-view.ts';
export { CATALOG_CHANNEL, type Subscribe } from './catalog-synchronizer.ts';
export { createEntityLookup, type EntityLookup } from './entity-lookup.repository.ts';
export type { EntityDocuments } from './entity-documents.ts';
export { CatalogReadIndex } from './read-index/catalog-read-index.ts';
export { parseFilters } from './read-index/filter.ts';
export { parsePredicate } from './read-index/predicate.ts';
export { foldedWords, foldText, wordsIn } from './read-index/search-words.ts';
export { WordSimilarity } from './read-index/word-similarity.ts';
export { maxSearchScore, type SearchMatches } from './read-index/search-index.ts';
export {
  clearBit,
  countBits,
  createBitmap,
  eachBit,
  hasBit,
  intersectInto,
  setBit,
  type Bitmap,
} from './read-index/slot-set.ts';

/** Memory for composed documents of the present, in characters (one byte each for plain Latin text). */
const MAX_CACHED_CHARACTERS = 64 * 1024 * 1024;

/** The catalog as other parts of the server see it. */
export interface CatalogModule {
  mount(app: FastifyInstance): void;
  readiness: ReadinessCheck;
  /** For modules that answer from the catalog. They ask for the caller's permission themselves. */
  readonly reader: CatalogReader;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Brings this process's answers up to everything that is committed now. */
  catchUp(): Promise<boolean>;
  /** Refs of the present catalog that somebody who asks for `ref` may have meant, the likeliest first. */
  similarRefs(ref: string, maxItems: number): Promise<string[]>;
}

export interface CatalogModuleOptions extends CatalogWrites {
  database: Database;
  log: Logger;
  subscribe: Subscribe;
  /** Kinds of the configuration beside the core kinds. */
  kinds: CustomKind[];
  /** How targets of Location entities are resolved, which the reading side decides. */
  leadsTo: LeadsTo;
}

/** Reading side of the catalog: queries, entities, facets. What it shows is written by the sources module. */
export function createCatalogModule(options: CatalogModuleOptions): CatalogModule {
  const repository = createCatalogRepository(options.database);
  const synchronizer = new CatalogSynchronizer({
    repository,
    subscribe: options.subscribe,
    log: options.log,
  });
  const documents = createEntityDocuments(repository, {
    maxCachedCharacters: MAX_CACHED_CHARACTERS,
    noteShown: (version) => synchronizer.noteShown(version),
  });
  const past = createPastCatalogs(createPastCatalogRepository(options.database), () => new Date());
  const reader = createCatalogReader(synchronizer, documents, past);
  const service = createCatalogService({
    ...options,
    repository,
    reader,
    synchronizer,
    kinds: createKindRegistry(options.kinds),
  });
  const guarded = withCatalogPolicy(service, guestMayDoEverything);
  return {
    mount(app) {
      addCatalogVersionHeaders(app, synchronizer);
      catalogRoutes(app, guarded);
    },
    reader,
    readiness: async () => synchronizer.notReadyReason,
    start: () => synchronizer.start(),
    stop: () => synchronizer.stop(),
    catchUp: () => synchronizer.catchUp(),
    similarRefs: (ref, maxItems) => findSimilarRefs(synchronizer.index.refs(), ref, maxItems),
  };
}
