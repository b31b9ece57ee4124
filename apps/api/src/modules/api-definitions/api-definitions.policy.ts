import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { ApiDefinitionsService } from './api-definitions.service.ts';

/** The same service, for those who may read entities. */
export function withApiDefinitionsPolicy(service: ApiDefinitionsService, can: Can): ApiDefinitionsService {
  return {
    async getDefinition(caller, name) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getDefinition(caller, name);
    },
    async getChanges(caller, name, versions) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.getChanges(caller, name, versions);
    },
  };
}
