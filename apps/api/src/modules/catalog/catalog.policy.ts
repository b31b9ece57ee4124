import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { CatalogService } from './catalog.service.ts';

/** The same service, for those who may. */
export function withCatalogPolicy(service: CatalogService, can: Can): CatalogService {
  return {
    async revision(caller) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.revision(caller);
    },
    async queryEntities(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.queryEntities(caller, query);
    },
    async queryEntitiesByPredicate(caller, body) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.queryEntitiesByPredicate(caller, body);
    },
    async listEntities(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.listEntities(caller, query);
    },
    async getFacets(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getFacets(caller, query);
    },
    async getFacetsByPredicate(caller, body) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getFacetsByPredicate(caller, body);
    },
    async getEntity(caller, name, request) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getEntity(caller, name, request);
    },
    async getEntityByUid(caller, uid) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getEntityByUid(caller, uid);
    },
    async getEntitiesByRefs(caller, input) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getEntitiesByRefs(caller, input);
    },
    async getAncestry(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getAncestry(caller, name);
    },
    async getOrigin(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getOrigin(caller, name);
    },
    async exportEntities(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.exportEntities(caller, query);
    },
    async getBadge(caller, input) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getBadge(caller, input);
    },
    async refreshEntity(caller, entityRef) {
      demandPermission(can, caller, 'catalog.entity.refresh');
      return service.refreshEntity(caller, entityRef);
    },
    async deleteEntity(caller, uid) {
      demandPermission(can, caller, 'catalog.entity.delete');
      return service.deleteEntity(caller, uid);
    },
    async validateEntity(caller, input) {
      demandPermission(can, caller, 'catalog.entity.validate');
      return service.validateEntity(caller, input);
    },
  };
}
