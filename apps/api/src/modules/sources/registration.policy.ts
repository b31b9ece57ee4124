import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { RegistrationService } from './registration.service.ts';

/** The same service, for those who may. */
export function withRegistrationPolicy(service: RegistrationService, can: Can): RegistrationService {
  return {
    async analyze(caller, input) {
      demandPermission(can, caller, 'catalog.location.analyze');
      return service.analyze(caller, input);
    },
    async register(caller, input) {
      demandPermission(can, caller, 'catalog.location.create');
      return service.register(caller, input);
    },
    async update(caller, id, change) {
      demandPermission(can, caller, 'catalog.location.create');
      return service.update(caller, id, change);
    },
    async previewRemoval(caller, id) {
      demandPermission(can, caller, 'catalog.source.read');
      return service.previewRemoval(caller, id);
    },
    async remove(caller, id) {
      demandPermission(can, caller, 'catalog.location.delete');
      return service.remove(caller, id);
    },
    async locations(caller) {
      demandPermission(can, caller, 'catalog.location.read');
      return service.locations(caller);
    },
    async location(caller, id) {
      demandPermission(can, caller, 'catalog.location.read');
      return service.location(caller, id);
    },
    async locationByEntity(caller, name) {
      demandPermission(can, caller, 'catalog.location.read');
      return service.locationByEntity(caller, name);
    },
    async queryLocations(caller, query) {
      demandPermission(can, caller, 'catalog.location.read');
      return service.queryLocations(caller, query);
    },
    async addLocation(caller, input) {
      demandPermission(can, caller, 'catalog.location.create');
      return service.addLocation(caller, input);
    },
    async updateLocation(caller, id, input) {
      demandPermission(can, caller, 'catalog.location.create');
      return service.updateLocation(caller, id, input);
    },
    async deleteLocation(caller, id) {
      demandPermission(can, caller, 'catalog.location.delete');
      return service.deleteLocation(caller, id);
    },
    async analyzeLocation(caller, input) {
      demandPermission(can, caller, 'catalog.location.analyze');
      return service.analyzeLocation(caller, input);
    },
  };
}
