import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime } from './relative-time.ts';

const tickMs = 15_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = 0;

/** One timer for every time on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick += 1;
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export interface RelativeTimeProps {
  /** ISO 8601 instant. */
  at: string;
}

/** "3 minutes ago", kept up to date, with the exact instant on hover and for screen readers. */
export function RelativeTime({ at }: RelativeTimeProps) {
  useSyncExternalStore(subscribe, () => tick);
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return <>unknown</>;
  const exact = exactTime(instant);
  const relative = relativeTime(instant, new Date());
  return (
    <time dateTime={at} title={exact} aria-label={`${relative}, ${exact}`}>
      {relative}
    </time>
  );
}
