import type { KindRegistry } from '@waymark/catalog-model';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogRepository } from './catalog.repository.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { CatalogView } from './catalog-view.ts';
import type { LeadsTo } from './entity-ancestry.ts';
import { createEntityBadges, type EntityBadges } from './entity-badge.service.ts';
import { createEntityChanges, type CatalogWrites, type EntityChanges } from './entity-changes.service.ts';
import type { EntityDocuments } from './entity-documents.ts';
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
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason' | 'catchUp'>;
  documents: EntityDocuments;
  /** The kinds that entities are validated against, those of the configuration included. */
  kinds: KindRegistry;
  leadsTo: LeadsTo;
}

export function createCatalogService(options: CatalogServiceOptions): CatalogService {
  const { repository, synchronizer, documents, leadsTo } = options;
  const view: CatalogView = {
    documents,
    async indexFor() {
      const reason = synchronizer.notReadyReason;
      if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
      return synchronizer.index;
    },
  };
  return {
    ...createEntityQueries(view),
    ...createEntityReads(view, repository, leadsTo),
    ...createEntityExports(view),
    ...createEntityBadges(view),
    ...createEntityChanges({ ...options, view }),
    revision: async () => (await view.indexFor()).version,
  };
}
