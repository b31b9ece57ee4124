import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { SourcesService } from './sources.service.ts';

/** The same service, for those who may. */
export function withSourcesPolicy(service: SourcesService, can: Can): SourcesService {
  return {
    async list(caller, page) {
      demandPermission(can, caller, 'catalog.source.read');
      return service.list(caller, page);
    },
    async get(caller, id) {
      demandPermission(can, caller, 'catalog.source.read');
      return service.get(caller, id);
    },
    async problems(caller, id, page) {
      demandPermission(can, caller, 'catalog.source.read');
      return service.problems(caller, id, page);
    },
    async conflicts(caller, id, page) {
      demandPermission(can, caller, 'catalog.source.read');
      return service.conflicts(caller, id, page);
    },
    async refresh(caller, id) {
      demandPermission(can, caller, 'catalog.source.refresh');
      return service.refresh(caller, id);
    },
  };
}
