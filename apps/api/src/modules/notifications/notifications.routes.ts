import { getNotificationStatus, listNotifications, updateNotifications } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { NotificationsService } from './notifications.service.ts';

/** Mounts the notifications' part of the contract. */
export function notificationsRoutes(app: FastifyInstance, notifications: NotificationsService): void {
  serve(app, listNotifications, ({ query }, caller) => notifications.list(caller, query));
  serve(app, getNotificationStatus, (_request, caller) => notifications.status(caller));
  serve(app, updateNotifications, ({ body }, caller) => notifications.update(caller, body));
}
