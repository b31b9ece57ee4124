import type { Actor } from './actor.ts';

/** Who asks, and under which request. */
export interface Caller {
  actor: Actor;
  requestId: string;
}
