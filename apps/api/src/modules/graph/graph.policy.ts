import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { GraphService } from './graph.service.ts';

/** The same service, for those who may. */
export function withGraphPolicy(service: GraphService, can: Can): GraphService {
  return {
    async getGraph(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getGraph(caller, query);
    },
    async getImpact(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getImpact(caller, query);
    },
  };
}
