import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { CatalogService } from './catalog.service.ts';

/** The same service, for those who may. */
export function withCatalogPolicy(service: CatalogService, can: Can): CatalogService {
  return {
    async queryEntities(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.queryEntities(caller, query);
    },
    async getEntity(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getEntity(caller, name);
    },
    async getEntitiesByRefs(caller, input) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getEntitiesByRefs(caller, input);
    },
    async getFacets(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getFacets(caller, query);
    },
    async getOrigin(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getOrigin(caller, name);
    },
    async refreshEntity(caller, entityRef) {
      demandPermission(can, caller, 'catalog.entity.refresh');
      return service.refreshEntity(caller, entityRef);
    },
  };
}
