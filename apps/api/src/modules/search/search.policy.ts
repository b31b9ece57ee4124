import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { SearchService } from './search.service.ts';

/** The same service, for those who may. */
export function withSearchPolicy(service: SearchService, can: Can): SearchService {
  return {
    async search(caller, query) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.search(caller, query);
    },
  };
}
