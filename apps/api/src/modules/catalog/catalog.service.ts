import type { KindRegistry } from '@waymark/catalog-model';
import type { Caller } from '../../platform/auth/caller.ts';
import type { CatalogRepository } from './catalog.repository.ts';
import type { CatalogReader } from './catalog-reader.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { LeadsTo } from './entity-ancestry.ts';
import { createEntityBadges, type EntityBadges } from './entity-badge.service.ts';
import { createEntityChanges, type CatalogWrites, type EntityChanges } from './entity-changes.service.ts';
import { createEntityExports, type EntityExports } from './entity-export.service.ts';
import { createEntityQueries, type EntityQueries } from './entity-queries.service.ts';
import { createEntityReads, type EntityReads } from './entity-reads.service.ts';

/** What the catalog can be asked. */
export interface CatalogService
  extends EntityQueries, EntityReads, EntityExports, EntityBadges, EntityChanges {
  /** The version of the catalog that answers are made of now. */
  revision(caller: Caller): Promise<number>;
}

export interface CatalogServiceOptions extends CatalogWrites {
  repository: Pick<CatalogRepository, 'readOrigin' | 'readSourceIdOf' | 'readPlaces'>;
  synchronizer: Pick<CatalogSynchronizer, 'catchUp'>;
  reader: CatalogReader;
  /** The kinds that entities are validated against, those of the configuration included. */
  kinds: KindRegistry;
  leadsTo: LeadsTo;
}

export function createCatalogService(options: CatalogServiceOptions): CatalogService {
  const { repository, reader, leadsTo } = options;
  return {
    ...createEntityQueries(reader),
    ...createEntityReads(reader, repository, leadsTo),
    ...createEntityExports(reader),
    ...createEntityBadges(reader),
    ...createEntityChanges(options),
    revision: async () => (await reader.view()).index.version,
  };
}
