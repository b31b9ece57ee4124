import type { Notification, NotificationSeverity } from '@waymark/contracts';
import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { Caller } from '../../platform/auth/caller.ts';
import {
  ADD_RECIPIENTS,
  COUNT_OWN,
  FIND_OWN,
  FIND_SENT,
  FORGET_OLD,
  INSERT,
  LIST_OWN,
  MARK_OWN,
  REPLACE_BROADCASTS,
  REPLACE_OWN,
  WITHDRAW,
} from './notifications.sql.ts';

/** What people are told. Texts are within the limits of the contract. */
export interface NewNotification {
  /** What sends it, e.g. `scaffolder`. */
  origin: string;
  title: string;
  description?: string | undefined;
  /** A path of the portal, or an address of http or https. */
  link?: string | undefined;
  severity: NotificationSeverity;
  topic?: string | undefined;
  /** Takes the place of what its recipients have of the same origin and scope. */
  scope?: string | undefined;
  /** Key of what it is sent for: asked for twice with the same key, it is sent once. */
  sentFor?: string | undefined;
}

/** Refs of people, or everybody, also those who come later. */
export type Recipients = readonly string[] | 'everybody';

/** Notifications, each sent and withdrawn together with its audit entry and its event. */
export interface NotificationsRepository {
  /** Resolves to its id. */
  send(notification: NewNotification, recipients: Recipients, caller: Caller): Promise<string>;
  /** Takes it from everybody; one that is gone already is no error. */
  withdraw(id: string, caller: Caller): Promise<void>;
  /** The newest first. */
  listOwn(
    userRef: string,
    query: { isRead: boolean | undefined; offset: number; limit: number },
  ): Promise<Notification[]>;
  countOwn(userRef: string): Promise<{ unread: number; read: number }>;
  /** Marks those of the ids that the person has, and resolves to them. */
  markOwn(userRef: string, ids: readonly string[], isRead: boolean): Promise<Notification[]>;
}

interface Row extends Record<string, unknown> {
  id: string;
  origin: string;
  title: string;
  description: string | null;
  link: string | null;
  severity: NotificationSeverity;
  topic: string | null;
  scope: string | null;
  is_broadcast: boolean;
  created_at: Date;
  read_at: Date | null;
}

export function createNotificationsRepository(database: Database): NotificationsRepository {
  const { pool } = database;
  return {
    send: (notification, recipients, caller) =>
      inTransaction(database, (open) => sendOnce(open, notification, recipients, caller)),

    withdraw: (id, caller) =>
      inTransaction(database, async (open) => {
        const { rows } = await open.query<{ title: string }>(WITHDRAW, [id]);
        if (rows[0]) record(open, 'withdraw', id, { title: rows[0].title }, caller);
      }),

    async listOwn(userRef, { isRead, offset, limit }) {
      const { rows } = await pool.query<Row>(LIST_OWN, [userRef, isRead ?? null, offset, limit]);
      return rows.map((row) => notificationOf(row, userRef));
    },

    async countOwn(userRef) {
      const { rows } = await pool.query<{ unread: number; read: number }>(COUNT_OWN, [userRef]);
      return { unread: rows[0]?.unread ?? 0, read: rows[0]?.read ?? 0 };
    },

    async markOwn(userRef, ids, isRead) {
      await pool.query(MARK_OWN, [userRef, ids, isRead]);
      const { rows } = await pool.query<Row>(FIND_OWN, [userRef, ids]);
      return rows.map((row) => notificationOf(row, userRef));
    },
  };
}

async function sendOnce(
  open: Transaction,
  notification: NewNotification,
  recipients: Recipients,
  caller: Caller,
): Promise<string> {
  const { origin, title, scope, sentFor } = notification;
  const isBroadcast = recipients === 'everybody';
  const { rows } = await open.query<{ id: string }>(INSERT, [
    ...[origin, title, notification.description, notification.link, notification.severity],
    ...[notification.topic, scope, isBroadcast, caller.actor.ref, sentFor],
  ]);
  const id = rows[0]?.id;
  if (id === undefined) return findSent(open, sentFor);
  if (!isBroadcast) await open.query(ADD_RECIPIENTS, [id, recipients]);
  if (scope !== undefined) {
    if (isBroadcast) await open.query(REPLACE_BROADCASTS, [id, scope, origin]);
    else await open.query(REPLACE_OWN, [id, scope, origin, recipients]);
  }
  await open.query(FORGET_OLD);
  record(
    open,
    'send',
    id,
    { origin, title, recipients: isBroadcast ? recipients : recipients.length },
    caller,
  );
  return id;
}

async function findSent(open: Transaction, sentFor: string | undefined): Promise<string> {
  const { rows } = await open.query<{ id: string }>(FIND_SENT, [sentFor]);
  if (rows[0] === undefined)
    throw new Error('A notification that was sent before has been withdrawn meanwhile.');
  return rows[0].id;
}

function record(
  open: Transaction,
  did: 'send' | 'withdraw',
  id: string,
  details: Record<string, unknown>,
  { actor, requestId }: Caller,
): void {
  const target = `notification:${id}`;
  const type = did === 'send' ? 'notification.sent' : 'notification.withdrawn';
  recordChange(open, {
    audit: { actor: actor.ref, action: `notification.${did}`, target, requestId, details },
    event: { type, subject: target, payload: details },
  });
}

function notificationOf(row: Row, userRef: string): Notification {
  const { id, origin, title, severity } = row;
  return {
    ...{ id, origin, user: row.is_broadcast ? null : userRef, created: row.created_at.toISOString() },
    ...(row.read_at === null ? {} : { read: row.read_at.toISOString() }),
    payload: {
      title,
      ...(row.description === null ? {} : { description: row.description }),
      ...(row.link === null ? {} : { link: row.link }),
      severity,
      ...(row.topic === null ? {} : { topic: row.topic }),
      ...(row.scope === null ? {} : { scope: row.scope }),
    },
  };
}
