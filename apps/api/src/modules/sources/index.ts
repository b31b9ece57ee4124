import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { withSourcesPolicy } from './sources.policy.ts';
import { createSourcesRepository } from './sources.repository.ts';
import { sourcesRoutes } from './sources.routes.ts';
import { createSourcesService } from './sources.service.ts';

export { startSourcesWorker, type SourcesWorker, type SourcesWorkerOptions } from './sources-worker.ts';
export type { SourceDeclaration } from './source-row.repository.ts';

/** Sources as the HTTP side of the server sees them. */
export interface SourcesModule {
  mount(app: FastifyInstance): void;
  /** Asks for a read of a source on behalf of a caller whose right to it was checked. */
  requestRefresh(sourceId: string, caller: Caller): Promise<void>;
}

export interface SourcesModuleOptions {
  database: Database;
  freshnessTargetSeconds: number;
}

/** State, problems and refreshing of sources. The reading itself is done by the worker. */
export function createSourcesModule({
  database,
  freshnessTargetSeconds,
}: SourcesModuleOptions): SourcesModule {
  const service = createSourcesService(createSourcesRepository(database, freshnessTargetSeconds));
  const guarded = withSourcesPolicy(service, guestMayDoEverything);
  return {
    mount: (app) => sourcesRoutes(app, guarded),
    async requestRefresh(sourceId, caller) {
      await service.refresh(caller, sourceId);
    },
  };
}
