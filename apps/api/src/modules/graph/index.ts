import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { CatalogReader } from '../catalog/index.ts';
import { withGraphPolicy } from './graph.policy.ts';
import { graphRoutes } from './graph.routes.ts';
import { createGraphService } from './graph.service.ts';

/** Neighbourhoods and outages, as the rest of the server sees them. */
export interface GraphModule {
  mount(app: FastifyInstance): void;
}

/** Relations between entities, asked of the catalog's index in memory. */
export function createGraphModule({ reader }: { reader: CatalogReader }): GraphModule {
  const service = createGraphService({ viewAt: (asOf) => reader.view({ asOf }) });
  const guarded = withGraphPolicy(service, guestMayDoEverything);
  return { mount: (app) => graphRoutes(app, guarded) };
}
