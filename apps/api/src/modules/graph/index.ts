import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { CatalogModule } from '../catalog/index.ts';
import { withGraphPolicy } from './graph.policy.ts';
import { graphRoutes } from './graph.routes.ts';
import { createGraphService } from './graph.service.ts';

/** Neighbourhoods and outages, as the rest of the server sees them. */
export interface GraphModule {
  mount(app: FastifyInstance): void;
}

/** Relations between entities, asked of the catalog's index in memory, of now or of an instant of the past. */
export function createGraphModule({ catalog }: { catalog: Pick<CatalogModule, 'viewAt'> }): GraphModule {
  const service = createGraphService({ indexFor: (asOf) => catalog.viewAt(asOf) });
  const guarded = withGraphPolicy(service, guestMayDoEverything);
  return { mount: (app) => graphRoutes(app, guarded) };
}
