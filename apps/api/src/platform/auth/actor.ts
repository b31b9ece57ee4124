/** Who makes a request. Every request that is not public has one. */
export interface Actor {
  /** Canonical entity ref, e.g. `user:default/guest`. */
  readonly ref: string;
}

/** Everybody, in guest mode. */
export const guestActor: Actor = { ref: 'user:default/guest' };
