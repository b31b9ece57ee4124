import { validateEntity, type KindRegistry } from '@waymark/catalog-model';
import type { EndpointRequest, validateEntity as validateEntityEndpoint } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogRepository } from './catalog.repository.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { CatalogReader } from './catalog-reader.ts';
import { canonicalRef, entityNotFound } from './entity-name.ts';

type ValidationInput = EndpointRequest<typeof validateEntityEndpoint>['body'];

/** What can be asked of the catalog besides reading. */
export interface EntityChanges {
  refreshEntity(caller: Caller, entityRef: string): Promise<void>;
  /** Takes an entity out; a source that still has it brings it back at its next read. */
  deleteEntity(caller: Caller, uid: string): Promise<void>;
  /** @throws AppError `catalog.entity-invalid` with everything that is wrong */
  validateEntity(caller: Caller, input: ValidationInput): Promise<void>;
}

/** Requests to the part of the server that writes the catalog. */
export interface CatalogWrites {
  /** Asks for a read of one source. */
  requestRefresh: (sourceId: string, caller: Caller) => Promise<void>;
  /** False when the entity had gone already. */
  removeEntity: (entityId: number, caller: Caller) => Promise<boolean>;
}

export interface EntityChangesOptions extends CatalogWrites {
  reader: CatalogReader;
  repository: Pick<CatalogRepository, 'readSourceIdOf'>;
  synchronizer: Pick<CatalogSynchronizer, 'catchUp'>;
  kinds: KindRegistry;
}

const LOCATION = /^[a-z][a-z0-9+.-]*:./i;

export function createEntityChanges(options: EntityChangesOptions): EntityChanges {
  const { reader, repository, synchronizer, kinds } = options;
  return {
    async refreshEntity(caller, entityRef) {
      const ref = canonicalRef(entityRef);
      const sourceId = await repository.readSourceIdOf(ref);
      if (sourceId === undefined) throw entityNotFound(ref);
      await options.requestRefresh(sourceId, caller);
    },

    async deleteEntity(caller, uid) {
      // The entity may have come a moment ago, in another process.
      await synchronizer.catchUp();
      const { index } = await reader.view();
      const slot = index.slotOfUid(uid);
      const entity = slot === undefined ? undefined : index.entityAt(slot);
      const isRemoved = entity !== undefined && (await options.removeEntity(entity.id, caller));
      if (!isRemoved) throw entityNotFound(`with the uid ${uid}`);
      await synchronizer.catchUp();
    },

    async validateEntity(_caller, { location, entity }) {
      if (!LOCATION.test(location)) {
        throw invalid([
          {
            path: 'location',
            message: `"${location}" is no location. Write type:target, for example url:https://host/path.`,
          },
        ]);
      }
      const { problems } = validateEntity(entity, kinds);
      const errors = problems.filter((problem) => problem.level === 'error');
      if (errors.length === 0) return;
      throw invalid(
        errors.map(({ path, message, hint }) => ({ path: path ?? 'entity', message: `${message} ${hint}` })),
      );
    },
  };
}

function invalid(issues: { path: string; message: string }[]): AppError {
  return new AppError(
    'catalog.entity-invalid',
    issues.map(({ path, message }) => `${path}: ${message}`).join('; '),
    {
      issues,
    },
  );
}
