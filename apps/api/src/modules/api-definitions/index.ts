import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import { withApiDefinitionsPolicy } from './api-definitions.policy.ts';
import { apiDefinitionsRoutes } from './api-definitions.routes.ts';
import { createApiDefinitionsService } from './api-definitions.service.ts';
import { createDefinitionReader } from './definition-reader.ts';
import { createDefinitionVersions } from './definition-versions.repository.ts';

/** The definitions of APIs as other parts of the server see them. */
export interface ApiDefinitionsModule {
  mount(app: FastifyInstance): void;
  stop(): Promise<void>;
}

/** Definitions of APIs, parsed for their viewers, and what their changes mean. */
export function createApiDefinitionsModule({ database }: { database: Database }): ApiDefinitionsModule {
  const reader = createDefinitionReader();
  const service = createApiDefinitionsService({ versions: createDefinitionVersions(database), reader });
  const guarded = withApiDefinitionsPolicy(service, guestMayDoEverything);
  return {
    mount: (app) => apiDefinitionsRoutes(app, guarded),
    stop: () => reader.close(),
  };
}
