import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { NotificationsService } from './notifications.service.ts';

/** The same service, for those who may. Nobody sees what others have: each question is about whoever asks. */
export function withNotificationsPolicy(service: NotificationsService, can: Can): NotificationsService {
  return {
    async list(caller, query) {
      demandPermission(can, caller, 'notifications.own.read');
      return service.list(caller, query);
    },
    async status(caller) {
      demandPermission(can, caller, 'notifications.own.read');
      return service.status(caller);
    },
    async update(caller, change) {
      demandPermission(can, caller, 'notifications.own.update');
      return service.update(caller, change);
    },
  };
}
