import type { Permission } from '@waymark/contracts';
import { AppError } from '../errors/app-error.ts';
import type { Actor } from './actor.ts';
import type { Caller } from './caller.ts';

/** Decides whether an actor has a permission. Policies ask; services never do. */
export type Can = (actor: Actor, permission: Permission) => boolean;

/**
 * The rule while guest mode is the only way in: the guest may do everything, nobody else exists.
 * Roles replace this function and nothing else.
 */
export const guestMayDoEverything: Can = (actor) => actor.ref === 'user:default/guest';

/** @throws AppError `actor.forbidden` for a caller without the permission. */
export function demandPermission(can: Can, { actor }: Caller, permission: Permission): void {
  if (!can(actor, permission)) {
    throw new AppError('actor.forbidden', `You need the permission ${permission} for this.`);
  }
}
