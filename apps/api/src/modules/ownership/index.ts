import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { CatalogReader } from '../catalog/index.ts';
import { withOwnershipPolicy } from './ownership.policy.ts';
import { createOwnershipRepository } from './ownership.repository.ts';
import { ownershipRoutes } from './ownership.routes.ts';
import { createOwnershipService } from './ownership.service.ts';

export interface OwnershipModuleOptions {
  database: Database;
  reader: CatalogReader;
  freshnessTargetSeconds: number;
  now?: () => Date;
}

/** Checks that every entity has somebody who answers for it. */
export function createOwnershipModule({
  database,
  reader,
  freshnessTargetSeconds,
  now = () => new Date(),
}: OwnershipModuleOptions): { mount(app: FastifyInstance): void } {
  const service = createOwnershipService({
    reader,
    repository: createOwnershipRepository(database),
    freshnessTargetSeconds,
    now,
  });
  const guarded = withOwnershipPolicy(service, guestMayDoEverything);
  return { mount: (app) => ownershipRoutes(app, guarded) };
}
