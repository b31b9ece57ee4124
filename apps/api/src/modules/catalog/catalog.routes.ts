import {
  getEntitiesByRefs,
  getEntityByName,
  getEntityFacets,
  getEntityOrigin,
  queryEntities,
  refreshEntity,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { CatalogService } from './catalog.service.ts';

/** Mounts the catalog's part of the contract. */
export function catalogRoutes(app: FastifyInstance, catalog: CatalogService): void {
  serve(app, queryEntities, ({ query }, caller) => catalog.queryEntities(caller, query));
  serve(app, getEntityByName, ({ params }, caller) => catalog.getEntity(caller, params));
  serve(app, getEntitiesByRefs, (input, caller) => catalog.getEntitiesByRefs(caller, input));
  serve(app, getEntityFacets, ({ query }, caller) => catalog.getFacets(caller, query));
  serve(app, getEntityOrigin, ({ params }, caller) => catalog.getOrigin(caller, params));
  serve(app, refreshEntity, async ({ body }, caller) => {
    await catalog.refreshEntity(caller, body.entityRef);
    return {};
  });
}
