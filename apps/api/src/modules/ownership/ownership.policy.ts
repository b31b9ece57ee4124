import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { OwnershipService } from './ownership.service.ts';

/** The same service, for those who may. */
export function withOwnershipPolicy(service: OwnershipService, can: Can): OwnershipService {
  return {
    async summary(caller) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.summary(caller);
    },
    async findings(caller, check, page) {
      demandPermission(can, caller, 'catalog.entity.read');
      return service.findings(caller, check, page);
    },
  };
}
