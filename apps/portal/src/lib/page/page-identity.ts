import { useEffect, useSyncExternalStore } from 'react';

/** A step on the way to the page. The last one, the page itself, has no address. */
export interface Crumb {
  label: string;
  to?: string;
}

export interface PageIdentity {
  /** Of the document, before the portal's name. */
  title: string;
  crumbs: Crumb[];
}

let current: PageIdentity = { title: '', crumbs: [] };
const listeners = new Set<() => void>();

/** Says which page this is: the document's title and the way to it above the page. */
export function usePageIdentity({ title, crumbs }: PageIdentity) {
  const serialized = JSON.stringify({ title, crumbs });
  useEffect(() => {
    const identity = JSON.parse(serialized) as PageIdentity; // written two lines above
    current = identity;
    document.title = identity.title === '' ? 'Waymark' : `${identity.title} · Waymark`;
    for (const listener of listeners) listener();
  }, [serialized]);
}

/** Follows which page is shown. */
export function useCurrentPage(): PageIdentity {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
