import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { HistoryService } from './history.service.ts';

/** The same service, for those who may. */
export function withHistoryPolicy(service: HistoryService, can: Can): HistoryService {
  return {
    async history(caller, name, page) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.history(caller, name, page);
    },
    async version(caller, name, id) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.version(caller, name, id);
    },
    async why(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.why(caller, name);
    },
  };
}
