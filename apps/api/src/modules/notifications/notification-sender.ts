import type { Caller } from '../../platform/auth/caller.ts';
import type { EntityLookup } from '../catalog/index.ts';
import type { NewNotification, NotificationsRepository } from './notifications.repository.ts';

/** Who gets a notification: everybody, or the people behind entities. */
export type Audience = { everybody: true } | { entityRefs: readonly string[] };

/** Tells people things, for parts of the server that have something to tell. */
export interface NotificationSender {
  /**
   * Sends to a person, to the members of a group and of the groups in it, or to the people who own anything else.
   * Refs are canonical. Resolves to undefined, and has sent nothing, when there are no people behind them.
   */
  send(
    notification: NewNotification,
    audience: Audience,
    caller: Caller,
  ): Promise<{ id: string; people: number | 'everybody' } | undefined>;
  /** Takes one back from everybody. */
  withdraw(id: string, caller: Caller): Promise<void>;
}

export function createNotificationSender(
  repository: NotificationsRepository,
  lookup: EntityLookup,
): NotificationSender {
  return {
    async send(notification, audience, caller) {
      if ('everybody' in audience) {
        const id = await repository.send(notification, 'everybody', caller);
        return { id, people: 'everybody' };
      }
      const people = await lookup.peopleBehind(audience.entityRefs);
      if (people.length === 0) return undefined;
      return { id: await repository.send(notification, people, caller), people: people.length };
    },
    withdraw: (id, caller) => repository.withdraw(id, caller),
  };
}
