import type {
  EndpointReply,
  EndpointRequest,
  getNotificationStatus,
  listNotifications,
  updateNotifications,
} from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import type { NotificationsRepository } from './notifications.repository.ts';

/** What people read of their notifications. */
export interface NotificationsService {
  list(
    caller: Caller,
    query: EndpointRequest<typeof listNotifications>['query'],
  ): Promise<EndpointReply<typeof listNotifications>>;
  status(caller: Caller): Promise<EndpointReply<typeof getNotificationStatus>>;
  update(
    caller: Caller,
    change: EndpointRequest<typeof updateNotifications>['body'],
  ): Promise<EndpointReply<typeof updateNotifications>>;
}

export function createNotificationsService(repository: NotificationsRepository): NotificationsService {
  return {
    async list({ actor }, { offset, limit, read: wanted }) {
      const isRead = wanted === undefined ? undefined : wanted === 'true';
      const [notifications, { unread, read }] = await Promise.all([
        repository.listOwn(actor.ref, { isRead, offset, limit }),
        repository.countOwn(actor.ref),
      ]);
      const totalCount = isRead === undefined ? unread + read : isRead ? read : unread;
      return { notifications, totalCount };
    },

    status: ({ actor }) => repository.countOwn(actor.ref),

    update: ({ actor }, { ids, read }) => repository.markOwn(actor.ref, ids, read),
  };
}
