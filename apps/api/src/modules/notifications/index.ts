import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import { createEntityLookup } from '../catalog/index.ts';
import { createNotificationSender, type NotificationSender } from './notification-sender.ts';
import { withNotificationsPolicy } from './notifications.policy.ts';
import { createNotificationsRepository } from './notifications.repository.ts';
import { notificationsRoutes } from './notifications.routes.ts';
import { createNotificationsService } from './notifications.service.ts';

export type { Audience, NotificationSender } from './notification-sender.ts';

/** What people are told, as the HTTP side of the server sees it. */
export interface NotificationsModule {
  mount(app: FastifyInstance): void;
}

export function createNotificationsModule({ database }: { database: Database }): NotificationsModule {
  const service = createNotificationsService(createNotificationsRepository(database));
  return { mount: (app) => notificationsRoutes(app, withNotificationsPolicy(service, guestMayDoEverything)) };
}

/** For parts of the server that have something to tell. */
export function openNotificationSender(database: Database): NotificationSender {
  return createNotificationSender(createNotificationsRepository(database), createEntityLookup(database));
}
