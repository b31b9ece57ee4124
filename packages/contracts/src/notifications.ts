import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** Longest texts of a notification, in characters. */
export const notificationLimits = {
  title: 300,
  description: 2_000,
  link: 2_000,
  topic: 200,
  scope: 300,
} as const;

/** How urgent a notification is, the most urgent first; Backstage's words. */
export const notificationSeverities = ['critical', 'high', 'normal', 'low'] as const;
export type NotificationSeverity = (typeof notificationSeverities)[number];

/** A notification as the person who reads it has it: the shape of Backstage's notifications protocol. */
export const notificationSchema = z.object({
  id: z.string(),
  /** Ref of the person; null for one that everybody gets. */
  user: z.string().nullable(),
  /** What has sent it: `scaffolder`. */
  origin: z.string(),
  created: z.iso.datetime(),
  /** When the person read it; absent until then. */
  read: z.iso.datetime().optional(),
  payload: z.object({
    title: z.string(),
    description: z.string().optional(),
    /** A path of the portal, or an address of http or https. */
    link: z.string().optional(),
    severity: z.enum(notificationSeverities),
    topic: z.string().optional(),
    /** A later one with the same scope takes its place. */
    scope: z.string().optional(),
  }),
});
export type Notification = z.output<typeof notificationSchema>;

/** `GET notifications`: one's own and those for everybody, the newest first. */
export const listNotifications = defineEndpoint({
  name: 'listNotifications',
  method: 'GET',
  path: '/api/notifications/notifications',
  summary: 'Notifications of whoever asks',
  tag: 'notifications',
  permission: 'notifications.own.read',
  query: z.object({
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    read: z.enum(['true', 'false']).optional().describe('Only those that were read, or were not'),
  }),
  reply: z.object({ notifications: z.array(notificationSchema), totalCount: z.int() }),
});

/** `GET notifications status`. */
export const getNotificationStatus = defineEndpoint({
  name: 'getNotificationStatus',
  method: 'GET',
  path: '/api/notifications/status',
  summary: 'How many notifications are unread, and how many were read',
  tag: 'notifications',
  permission: 'notifications.own.read',
  reply: z.object({ unread: z.int(), read: z.int() }),
});

/** `POST notifications update`: for whoever asks alone, also of those that everybody gets. */
export const updateNotifications = defineEndpoint({
  name: 'updateNotifications',
  method: 'POST',
  path: '/api/notifications/notifications/update',
  summary: 'Mark notifications as read, or as unread',
  tag: 'notifications',
  permission: 'notifications.own.update',
  body: z.object({
    ids: z.array(z.uuid()).min(1).max(1_000),
    read: z.boolean(),
  }),
  reply: z.array(notificationSchema),
});
