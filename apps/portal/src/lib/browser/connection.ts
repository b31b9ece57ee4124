import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isReachable = true;

/** Whether the last call reached the server. */
export const connection = {
  report(reached: boolean) {
    if (reached === isReachable) return;
    isReachable = reached;
    for (const listener of listeners) listener();
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows whether the server can be reached. */
export function useIsReachable(): boolean {
  return useSyncExternalStore(subscribe, () => isReachable);
}
